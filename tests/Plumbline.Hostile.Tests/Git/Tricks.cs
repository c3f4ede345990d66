namespace Plumbline.Hostile.Tests.Git;

/// <summary>All tricks.</summary>
internal static class Tricks
{
    private const string Missing = "1111111111111111111111111111111111111111";
    private const string Gone = "HEAD:prisma/gone.prisma";

    /// <summary>The tricks, by name.</summary>
    public static IReadOnlyDictionary<string, Trick> All { get; } = List().ToDictionary(trick => trick.Name, StringComparer.Ordinal);

    private static IEnumerable<Trick> List()
    {
        // Programs.
        yield return new("core.fsmonitor", r => r.Set("core.fsmonitor", r.Trap()), "status");
        yield return new("core.fsmonitor of a daemon", r => r.Set("core.fsmonitor", "true"), null);
        yield return new("core.hooksPath", r => { r.Trap("hooks/pre-commit"); r.Set("core.hooksPath", Path.Combine(r.Outside, "hooks")); }, "commit", "--allow-empty", "-m", "x");
        yield return new("hooks", r => { foreach (var hook in (string[])["pre-commit", "post-index-change", "post-checkout"]) { r.Repository.Link(".git/hooks/" + hook, r.Trap("hooks/" + hook)); } }, "commit", "--allow-empty", "-m", "x");
        yield return new("filter.clean", r => r.Write(".gitattributes", "*.sql filter=x\n").Set("filter.x.clean", r.Trap()), "add", "--renormalize", ".");
        yield return new("filter.smudge", r => r.Write(".gitattributes", "*.sql filter=x\n").Set("filter.x.smudge", r.Trap()), "checkout-index", "-f", "-a", "--prefix=out/");
        yield return new("filter.process", r => r.Write(".gitattributes", "*.sql filter=x\n").Set("filter.x.process", r.Trap()), "add", "--renormalize", ".");
        yield return new("filter of info/attributes", r => r.Write(".git/info/attributes", "* filter=x\n").Set("filter.x.clean", r.Trap()).Set("filter.x.required", "true"), "add", "--renormalize", ".");
        yield return new("diff.textconv", r => r.Write(".gitattributes", "*.sql diff=x\n").Set("diff.x.textconv", r.Trap()), "log", "-p", "-1");
        yield return new("diff.command", r => r.Write(".gitattributes", "*.sql diff=x\n").Set("diff.x.command", r.Trap()), "log", "-p", "--ext-diff", "-1");
        yield return new("diff.external", r => r.Set("diff.external", r.Trap()), "log", "-p", "--ext-diff", "-1");
        yield return new("core.pager", r => r.Set("core.pager", r.Trap()).Set("pager.ls-files", r.Trap()).Set("pager.cat-file", "true"), null);
        yield return new("alias", r => r.Set("alias.ls-files", "!" + r.Trap()).Set("alias.x", "!" + r.Trap()), "x");
        yield return new("gpg.program", r => r.Set("gpg.program", r.Trap()).Set("log.showSignature", "true"), null);
        yield return new("core.editor", r => r.Set("core.editor", r.Trap()), "commit", "--allow-empty");

        // Transports: an object is missing, and git would fetch it.
        yield return Partial("a remote that is a program", r => "ext::" + r.Trap(), r => r.Set("protocol.ext.allow", "always"));
        yield return Partial("core.sshCommand", _ => "ssh://host.invalid/x", r => r.Set("core.sshCommand", r.Trap()));
        yield return Partial("core.gitProxy", _ => "git://host.invalid/x", r => r.Set("core.gitProxy", r.Trap()));
        yield return Partial("remote.uploadpack", r => r.Repository.Root, r => r.Set("remote.origin.uploadpack", r.Trap()));
        yield return Partial("credential.helper", _ => "http://127.0.0.1:9/x", r => r.Set("credential.helper", "!" + r.Trap()).Set("core.askPass", r.Trap()));
        yield return Partial("remote.vcs", r => r.Repository.Root, r => r.Set("remote.origin.vcs", "ext").Set("protocol.ext.allow", "always"), hasControl: false);
        yield return Partial("a remote elsewhere in the file system", r => r.Outside, _ => { }, hasControl: false);
        yield return new("GIT_SSH_COMMAND", r => { Lost(r, "ssh://host.invalid/x"); return Variables(("GIT_SSH_COMMAND", r.Trap())); }, ["cat-file", "-p", Gone]);
        yield return new("core.alternateRefsCommand", r => r.Write(".git/objects/info/alternates", r.Outside + "\n").Set("core.alternateRefsCommand", r.Trap()), null);

        // Files elsewhere.
        yield return new("include.path", r => r.Set("include.path", r.File("config")), "status");
        yield return new("include.path that leads up", r => r.Set("include.path", "../" + Path.GetRelativePath(r.Repository.Root, r.File("config"))), "status");
        yield return new("includeIf", r => r.Set("includeIf.gitdir:/.path", r.File("config")), "status");
        yield return new("include in odd writing", r => r.Write(".git/config", File.ReadAllText(r.Repository.PathOf(".git/config")) + $"[InCluDe]PATH=\"{r.File("config")}\" ; x\n"), "status");
        yield return new("include in the configuration of a work tree", r => r.Set("extensions.worktreeConfig", "true").Write(".git/config.worktree", $"[include]\n\tpath = {r.File("config")}\n"), "status");
        yield return new("core.attributesFile", r => r.Set("core.attributesFile", r.File("attributes")), "check-attr", "-a", "x");
        yield return new("core.excludesFile", r => r.Set("core.excludesFile", r.File("excludes")), "status");
        yield return new("core.worktree", r => { r.File("x.sql"); r.Set("core.worktree", r.Outside); }, "ls-files", "--others");
        yield return new("alternates", r => { r.File("objects/pack/x"); r.Write(".git/objects/info/alternates", Path.Combine(r.Outside, "objects") + "\n"); }, "cat-file", "-e", Missing);
        yield return new("http-alternates", r => r.Write(".git/objects/info/http-alternates", "http://127.0.0.1:9/" + r.Marker + "\n"), null);
        yield return new("a .git that is a file", r => MoveGit(r, isLink: false), "status");
        yield return new("a .git that is a link", r => MoveGit(r, isLink: true), "status");
        yield return new("commondir", r => { r.File("common/HEAD"); r.File("common/config"); Directory.CreateDirectory(Path.Combine(r.Outside, "common", "objects")); Directory.CreateDirectory(Path.Combine(r.Outside, "common", "refs")); r.Write(".git/commondir", Path.Combine(r.Outside, "common")); }, "status");
        foreach (var (path, control) in ((string, string[]?)[])[
            (".git/config", ["status"]), (".git/HEAD", null), (".git/index", ["ls-files"]), (".git/packed-refs", ["rev-parse", "refs/heads/none"]), (".git/shallow", ["log", "-1"]),
            (".git/info", ["status"]), (".git/info/exclude", ["status"]), (".git/info/attributes", ["check-attr", "-a", "x"]), (".git/info/grafts", ["log", "-1"]),
            (".git/objects", ["log", "-1"]), (".git/objects/pack", ["cat-file", "-e", Missing]), (".git/objects/info", null),
            (".git/refs", ["log", "-1"]), (".git/refs/heads/evil", ["rev-parse", "evil"]), (".git/logs", ["log", "-g"])])
        {
            yield return new($"{path} that is a link", r => r.LinkOut(path), control);
        }

        yield return new("a loose object that is a link", r => r.LinkOut(Loose(r)), "cat-file", "-p", "HEAD:prisma/schema.prisma");
        yield return new("a folder of loose objects that is a link", r => r.LinkOut(Path.GetDirectoryName(Loose(r))!), "cat-file", "-p", "HEAD:prisma/schema.prisma");
        yield return new("a pack that is a link", r => { r.Repository.Git("gc", "-q"); r.LinkOut(Path.GetRelativePath(r.Repository.Root, Directory.GetFiles(r.Repository.PathOf(".git/objects/pack"), "*.pack")[0])); }, "cat-file", "-p", "HEAD:prisma/schema.prisma");
        yield return new("a shared index that is a link", r => { r.Repository.Git("update-index", "--split-index"); r.LinkOut(Path.GetRelativePath(r.Repository.Root, Directory.GetFiles(r.Repository.PathOf(".git"), "sharedindex.*")[0])); }, "ls-files");
        yield return new("a sparse checkout that is a link", r => { r.Repository.Git("sparse-checkout", "set", "--cone", "prisma").Git("sparse-checkout", "reapply", "--sparse-index"); r.LinkOut(".git/info/sparse-checkout"); }, "status");
        yield return new("a .gitignore that is a link", r => r.LinkOut(".gitignore"), null);
        yield return new("a .gitattributes that is a link", r => r.LinkOut(".gitattributes"), null);
        yield return new("a .gitmodules that is a link", r => r.LinkOut(".gitmodules"), null);
        yield return new("an extension that is not known", r => r.Set("core.repositoryFormatVersion", "1").Set("extensions.refStorage", "files://" + r.Outside), null);

        // Repositories inside.
        yield return new("a bare repository inside", r => { foreach (var part in (string[])["HEAD", "refs/x", "objects/x"]) { r.Write("inner/" + part, "ref: refs/heads/main\n"); } r.Write("inner/config", $"[core]\n\tbare = true\n\tfsmonitor = {r.Trap()}\n[alias]\n\tx = !{r.Trap()}\n"); }, "-C", "inner", "x");
        yield return new("a repository inside", r => { Directory.CreateDirectory(r.Repository.PathOf("inner")); r.Repository.Git("-C", "inner", "init", "-q").Git("-C", "inner", "config", "core.fsmonitor", r.Trap()); }, "-C", "inner", "status");
        yield return new("a submodule", Submodule, "-C", "sub", "status");

        // The caller's environment.
        foreach (var (name, value) in ((string, Func<TrickRepository, string>)[])[
            ("GIT_EXTERNAL_DIFF", r => r.Trap()), ("GIT_PAGER", r => r.Trap()), ("GIT_TRACE", r => r.File("trace")), ("GIT_TRACE2_EVENT", r => r.File("trace")),
            ("GIT_EXEC_PATH", r => r.Outside), ("GIT_ALTERNATE_OBJECT_DIRECTORIES", r => r.Outside), ("GIT_CONFIG_GLOBAL", r => r.File("config")), ("GIT_CONFIG_SYSTEM", r => r.File("config")),
            ("GIT_INDEX_FILE", r => r.File("index")), ("GIT_TEMPLATE_DIR", r => r.Outside), ("XDG_CONFIG_HOME", r => { r.File("git/config"); return r.Outside; }), ("HOME", r => { r.File(".gitconfig"); return r.Outside; }),
            ("GIT_ATTR_SOURCE", _ => "HEAD"), ("GIT_OBJECT_DIRECTORY", r => r.Outside), ("GIT_REPLACE_REF_BASE", _ => "refs/heads/")])
        {
            string[]? control = name is "GIT_EXTERNAL_DIFF" ? ["log", "-p", "--ext-diff", "-1"] : name is "GIT_PAGER" or "GIT_EXEC_PATH" or "GIT_TEMPLATE_DIR" or "GIT_ATTR_SOURCE" or "GIT_REPLACE_REF_BASE" ? null
                : name.Contains("OBJECT", StringComparison.Ordinal) ? ["cat-file", "-e", Missing] : ["status"];
            yield return new(name, r => Variables((name, value(r))), control);
        }

        yield return new("GIT_CONFIG_COUNT", r => Variables(("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "core.fsmonitor"), ("GIT_CONFIG_VALUE_0", r.Trap())), ["status"]);
        yield return new("GIT_CONFIG_PARAMETERS", r => Variables(("GIT_CONFIG_PARAMETERS", $"'core.fsmonitor'='{r.Trap()}'")), ["status"]);
        yield return new("GIT_DIR", r => { r.File("git/HEAD", "ref: refs/heads/main\n"); r.File("git/objects/x"); r.File("git/refs/x"); return Variables(("GIT_DIR", Path.Combine(r.Outside, "git")), ("GIT_WORK_TREE", r.Outside)); }, ["status"]);
    }

    private static string Loose(TrickRepository repository)
    {
        var id = Testing.Command.Run("git", ["rev-parse", "HEAD:prisma/schema.prisma"], folder: repository.Repository.Root).EnsureSuccess().Output.Trim();
        return $".git/objects/{id[..2]}/{id[2..]}";
    }

    private static Trick Partial(string name, Func<TrickRepository, string> url, Action<TrickRepository> more, bool hasControl = true) =>
        new("a partial clone with " + name, r => { Lost(r, url(r)); more(r); }, hasControl ? ["cat-file", "-p", Gone] : null);

    private static void Lost(TrickRepository repository, string url) => repository.LoseObject().Set("core.repositoryFormatVersion", "1").Set("extensions.partialClone", "origin")
        .Set("remote.origin.promisor", "true").Set("remote.origin.url", url).Set("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");

    private static void MoveGit(TrickRepository repository, bool isLink)
    {
        var (from, to) = (repository.Repository.PathOf(".git"), Path.Combine(repository.Outside, "moved"));
        Directory.Move(from, to);
        if (isLink)
        {
            repository.Repository.Link(".git", to);
        }
        else
        {
            repository.Write(".git", $"gitdir: {to}\n");
        }
    }

    private static void Submodule(TrickRepository repository)
    {
        var at = repository.Repository;
        Directory.CreateDirectory(at.PathOf("sub"));
        at.Git("-C", "sub", "init", "-q").Git("-C", "sub", "commit", "-q", "--allow-empty", "-m", "x").Git("add", "sub");
        repository.Write(".gitmodules", $"[submodule \"sub\"]\n\tpath = sub\n\turl = ext::{repository.Trap()}\n\tupdate = !{repository.Trap()}\n");
        at.Git("add", ".gitmodules").Git("-C", "sub", "config", "core.fsmonitor", repository.Trap());
        repository.Set("submodule.recurse", "true").Set("protocol.ext.allow", "always");
    }

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) => variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
}
