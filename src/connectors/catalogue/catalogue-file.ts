/** What stands in the file of a connector: which database, what may be asked of it, and who may ask. */

import { z } from 'zod';
import { isTimeZone } from '../../local-time.ts';
import type { ColumnType } from '../guard/bounds.ts';

/** Of the file's form. A form that old programs would misread gets the next number. */
const fileVersion = 1;

/** Names that a person types, of connectors and named questions. */
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
/** Names of the database. Others are given a name by a view. 63: the longest in PostgreSQL. */
const sqlName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
/** A variable of the environment that holds a secret; the same name with `_FILE` behind it may hold the path of a file instead. */
const secretName = z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/);
const sentence = z.string().trim().min(1).max(1_000);

const inBothLanguages = z.strictObject({ es: sentence, en: sentence });
const synonyms = z.strictObject({ es: z.array(sentence).default([]), en: z.array(sentence).default([]) }).default({ es: [], en: [] });

/** As the guard reckons with them. */
const columnTypes = [
	'text',
	'integer',
	'decimal',
	'float',
	'boolean',
	'date',
	'timestamp',
	'timestamptz',
	'other',
] as const satisfies ColumnType[];

const values = z.union([z.array(z.string()), z.record(z.string(), inBothLanguages)]);

const column = z.strictObject({
	type: z.enum(columnTypes),
	description: inBothLanguages.optional(),
	synonyms,
	unit: inBothLanguages.optional(),
	/** All that can stand there, where it is little; with what each means, where that is not the same. */
	values: values.optional(),
	/** Its values are sampled by nobody and reach no model. */
	sensitive: z.boolean().default(false),
});

/** Each row of this view has at most one row of the other. */
const reference = z.strictObject({ columns: z.array(sqlName).min(1), to: sqlName, toColumns: z.array(sqlName).min(1) });

const view = z.strictObject({
	description: inBothLanguages,
	synonyms,
	/** What tells one row from all others. */
	key: z.array(sqlName).default([]),
	references: z.array(reference).default([]),
	columns: z.record(sqlName, column),
});

const parameter = z.strictObject({
	type: z.enum(['text', 'integer', 'decimal', 'date', 'boolean']),
	description: inBothLanguages.optional(),
	/** The column whose values it takes: `view.column`. */
	lookup: z
		.string()
		.regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/)
		.optional(),
});

const question = z.strictObject({
	description: inBothLanguages,
	/** As people ask it; `{name}` stands for a parameter. */
	phrases: z.strictObject({ es: z.array(sentence).min(1), en: z.array(sentence).min(1) }),
	parameters: z.record(sqlName, parameter).default({}),
	/** In PostgreSQL's words whatever the engine; `:name` stands for a parameter. */
	sql: z.string().trim().min(1).max(20_000),
});

const login = z.strictObject({ user: z.string().min(1).max(128), passwordFrom: secretName.optional() });

const server = login.extend({
	host: z.string().min(1).max(253),
	port: z.int().min(1).max(65_535).optional(),
	database: z.string().min(1).max(128),
	/** `verify`: encrypted, and the server's certificate is looked at. */
	tls: z.enum(['verify', 'off']).default('verify'),
	/** The file of the authority's certificate, where the system does not know it. */
	certificate: z.string().min(1).optional(),
});

/** All views lie in it. */
const schemaName = z.string().min(1).max(63);

/** How the person who asks is told to the database, where its rows are not the same for everybody: a setting, or a variable of the session. */
const identity = z.strictObject({
	setting: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
	/** The test proves that it works: each of these people sees another number of rows of this view. */
	proof: z.strictObject({ view: sqlName, people: z.array(z.string().min(1).max(320)).min(2).max(5) }),
});

const role = z.strictObject({
	/** Names of views; `all` for all of them. */
	views: z.union([z.literal('all'), z.array(sqlName).min(1)]),
	/** The login that people of this role ask under, instead of that of `where`. */
	login: login.optional(),
});

const limits = z.strictObject({
	/** For one statement. */
	statementMs: z.int().min(100).max(60_000).default(10_000),
	lockMs: z.int().min(0).max(10_000).default(2_000),
	rows: z.int().min(1).max(10_000).default(1_000),
	bytes: z
		.int()
		.min(1_024)
		.max(2 ** 24)
		.default(2 ** 20),
	/** Beyond which a statement is not run, in the database's own estimate; see `Estimate`. */
	cost: z.int().min(1).default(1_000_000),
});

/** Its planner takes 0.00074 for a page that PostgreSQL's takes 1 for (the estimate of a scan, beside `seq_page_cost`): less than a thousandth of the usual limit. */
const sqlServerCost = 1_000;

const common = {
	version: z.literal(fileVersion),
	connector: slug,
	title: inBothLanguages,
	/** What today is there, and in which zone moments are shown: a name such as `Europe/Madrid`. */
	timeZone: z.string().refine(isTimeZone).default('UTC'),
	limits: limits.prefault({}),
	views: z.record(sqlName, view),
	questions: z.record(slug, question).default({}),
	roles: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,58}$/), role).default({}),
};

/** The file as it is written; what it says of itself in several places is looked at by `contradictionsIn`. */
export const catalogueFile = z.discriminatedUnion('engine', [
	z.strictObject({
		engine: z.literal('postgresql'),
		where: server.extend({ schema: schemaName.default('public') }),
		identity: identity.optional(),
		...common,
	}),
	z.strictObject({
		engine: z.literal('sqlserver'),
		where: server.extend({ schema: schemaName.default('dbo') }),
		identity: identity.optional(),
		...common,
		limits: limits.extend({ cost: z.int().min(1).default(sqlServerCost) }).prefault({}),
	}),
	z.strictObject({ engine: z.literal('mariadb'), where: server, ...common }),
	z.strictObject({ engine: z.literal('mysql'), where: server, ...common }),
	z.strictObject({
		engine: z.literal('sqlite'),
		/** A path, from the folder of the catalogue. */
		where: z.strictObject({ file: z.string().min(1) }),
		...common,
	}),
]);

export type Catalogue = z.output<typeof catalogueFile>;
export type CatalogueView = Catalogue['views'][string];
export type NamedQuestion = Catalogue['questions'][string];
export type RunLimits = Catalogue['limits'];

/** How people are told to its database; null where rows are the same for everybody, or the engine has no rows of people. */
export function identityOf(catalogue: Catalogue): z.output<typeof identity> | null {
	return ('identity' in catalogue ? catalogue.identity : undefined) ?? null;
}

/** All views lie in it; null where the engine has no schemas. */
export function schemaOf({ where }: Catalogue): string | null {
	return 'schema' in where ? where.schema : null;
}

/** For editors, which then complete and check the file while it is written. */
export function catalogueJsonSchema(): object {
	return z.toJSONSchema(catalogueFile, { io: 'input' });
}
