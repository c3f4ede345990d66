import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';

// The adapter refuses the type "char" (OID 18), in which the catalog says what kind of constraint a constraint is.
export class Adapter extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    const { performIO, queryRaw } = adapter;
    let isCharacter;
    adapter.performIO = async query => {
      const result = await performIO.call(adapter, query);
      isCharacter = result.fields.map(field => field.dataTypeID === 18);
      return Object.assign(result, { fields: result.fields.map((field, i) => isCharacter[i] ? { ...field, dataTypeID: 25 } : field) });
    };
    adapter.queryRaw = async query => {
      const result = await queryRaw.call(adapter, query);
      return { ...result, columnTypes: result.columnTypes.map((type, i) => isCharacter[i] ? ColumnTypeEnum.Character : type) };
    };
    return adapter;
  }
}
