/**
 * From which version of the program on the tables may be used. Old and new processes work side by side while they are replaced, and an old one may
 * come back; so a migration that older versions would misread raises this, in a later release than the one that stopped using what it takes away.
 * It belongs to the login, as the list of migrations does.
 */

import { Migration } from '@mikro-orm/migrations';

const createCompatibility = `
create table schema_compatibility (
	is_only_row boolean primary key default true check (is_only_row),
	compatible_from text not null check (compatible_from ~ '^\\d+\\.\\d+\\.\\d+$')
);
insert into schema_compatibility (compatible_from) values ('0.1.0')`;

export class SchemaCompatibility extends Migration {
	override up(): void {
		this.addSql(createCompatibility);
	}
}
