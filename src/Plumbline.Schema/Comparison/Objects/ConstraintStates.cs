using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares whether constraints are deferrable, validated and enforced.</summary>
internal static class ConstraintStates
{
    internal static void Compare(ComparisonBuilder builder, Parents parents, Subject subject, Constraint from, Constraint to)
    {
        var (left, right) = (ObjectText.State(from), ObjectText.State(to));
        if (left != right)
        {
            builder.Differs(SchemaFeature.ConstraintState, parents.Change(ChangeKind.AlterConstraintState, subject, from, to, Words(left), Words(right)));
        }
    }

    private static string Words(string state) => state.Length == 0 ? "NOT DEFERRABLE, VALID" : state.TrimStart();
}
