/** The tables and views of a schema in PostgreSQL that the login may read. */

import type { Client } from 'pg';
import type { LiveView } from '../engine.ts';
import { queryPostgresql } from './connection.ts';
import { postgresqlType } from './types.ts';

const relations = `
	select relation.oid::text, relation.relname, obj_description(relation.oid, 'pg_class')
	from pg_class relation join pg_namespace space on space.oid = relation.relnamespace
	where space.nspname = $1 and relation.relkind in ('r', 'p', 'v', 'm', 'f') and has_schema_privilege(space.oid, 'usage')
		and has_any_column_privilege(relation.oid, 'select')
	order by relation.relname`;

/** Of an enumeration or a domain, the type that it is written as. */
const columns = `
	select attribute.attrelid::text, attribute.attname,
		case when type.typtype = 'e' then 25 when type.typtype = 'd' then type.typbasetype else type.oid end,
		col_description(attribute.attrelid, attribute.attnum)
	from pg_attribute attribute join pg_type type on type.oid = attribute.atttypid
	where attribute.attrelid = any ($1::oid[]) and attribute.attnum > 0 and not attribute.attisdropped
		and has_column_privilege(attribute.attrelid, attribute.attnum, 'select')
	order by attribute.attrelid, attribute.attnum`;

/** Names of the columns that a rule is about, in its order. */
const namesOf = (relation: string, numbers: string) =>
	`array_to_json(array(select attname from unnest(${numbers}) with ordinality as part (number, place)
		join pg_attribute on attrelid = ${relation} and attnum = number order by place))`;

const keys = `
	select rule.conrelid::text, rule.contype, ${namesOf('rule.conrelid', 'rule.conkey')}, other.relname, ${namesOf('rule.confrelid', 'rule.confkey')}
	from pg_constraint rule left join pg_class other on other.oid = rule.confrelid
	where rule.conrelid = any ($1::oid[]) and rule.contype in ('p', 'f') order by rule.conname`;

export async function readPostgresqlSchema(client: Client, schema: string): Promise<LiveView[]> {
	const found = await queryPostgresql<[id: string, name: string, comment: string | null]>(client, relations, [schema]);
	const ids = [found.map(([id]) => id)];
	const allColumns = await queryPostgresql<[id: string, name: string, type: string, comment: string | null]>(client, columns, ids);
	const allKeys = await queryPostgresql<[id: string, kind: string, own: string, other: string | null, foreign: string]>(client, keys, ids);
	return found.map(([id, name, comment]) => {
		const rules = allKeys.filter(([owner]) => owner === id);
		return {
			name,
			comment,
			columns: allColumns
				.filter(([owner]) => owner === id)
				.map(([, column, type, about]) => ({ name: column, type: postgresqlType(Number(type)), comment: about })),
			key: rules.filter(([, kind]) => kind === 'p').flatMap(([, , own]) => namesIn(own)),
			references: rules
				.filter(([, kind]) => kind === 'f')
				.map(([, , own, other, foreign]) => ({ columns: namesIn(own), to: other ?? '', toColumns: namesIn(foreign) })),
		};
	});
}

function namesIn(json: string): string[] {
	return JSON.parse(json) as string[];
}
