/** What the facts about the database mean. */

import { type FolderFacts, inspectFolder, inspectServer, type ServerFacts } from '#src/database/inspect.ts';
import { toBotError } from '#src/errors.ts';
import type { DatabaseFinding } from './finding.ts';

/** What the migrations are written for. */
const leastMajor = 15;

/** @param url Null for the embedded database. @throws BotError for what is no answer of a database. */
export async function diagnoseDatabase(url: string | null, dataFolder: string, signal: AbortSignal): Promise<DatabaseFinding[]> {
	if (url === null) return await diagnoseFolder(dataFolder);
	const place = placeOf(url);
	try {
		return judgeServer(place, await inspectServer(url, signal));
	} catch (thrown) {
		const { code, reason = '' } = toBotError(thrown);
		if (code === 'STORE_UNAVAILABLE') return [{ level: 'bad', code: 'server-unreachable', place, reason }];
		if (code !== 'CONFIG_INVALID') throw thrown;
		if (reason === 'pooler') return [{ level: 'bad', code: 'pooler-lends' }];
		return [{ level: 'bad', code: reason === '3D000' ? 'server-lacks-database' : 'server-refuses-login', place, reason }];
	}
}

/** Pure. */
export function judgeServer(place: string, facts: ServerFacts): DatabaseFinding[] {
	const { version, major } = facts;
	return [
		major < leastMajor ? { level: 'bad', code: 'server-old', place, version } : { level: 'good', code: 'server', place, version },
		...(facts.isPooled ? [{ level: 'good', code: 'pooler' } as const] : []),
		...(facts.wrongKeyOwner === null ? [...judgeLogin(facts), ...judgeMigrations(facts)] : [restoredWrongly(facts.wrongKeyOwner)]),
		judgeVectors(facts),
		...judgeChoice(facts),
	];
}

/** Whatever else is wrong then, to mend it would only hide this. */
function restoredWrongly(owner: string): DatabaseFinding {
	return { level: 'bad', code: 'restored-without-owners', owner };
}

/** It is no extension that whoever owns a database may make. */
function judgeVectors({ pgvector, isSuperuser, lacksVectorIndex }: ServerFacts): DatabaseFinding {
	if (pgvector === 'missing') return { level: 'warning', code: 'pgvector-missing' };
	if (pgvector === 'available' && !isSuperuser) return { level: 'warning', code: 'pgvector-not-created' };
	if (lacksVectorIndex) return { level: 'warning', code: 'vector-index-missing' };
	return { level: 'good', code: 'pgvector' };
}

function judgeChoice({ chosenEmbeddingModel: model }: ServerFacts): DatabaseFinding[] {
	return model === null ? [] : [{ level: 'note', code: 'embedding-model-chosen', model }];
}

/** A database that is current needs no owner. */
function judgeLogin({ isSuperuser, ownsDatabase, help, pendingMigrations }: ServerFacts): DatabaseFinding[] {
	if (isSuperuser) return [{ level: 'warning', code: 'login-superuser' }];
	const needsOwner = !ownsDatabase && pendingMigrations?.length !== 0;
	const statements = [...(needsOwner ? [help.owner] : []), ...(help.start === null ? [] : [help.start])];
	if (statements.length > 0) return [{ level: 'bad', code: 'login-weak', statement: statements.join('; ') }];
	if (help.madeRoles === null) return [{ level: 'good', code: 'login' }];
	return [
		{ level: 'good', code: 'login' },
		{ level: 'warning', code: 'login-makes-no-roles', statement: help.madeRoles },
	];
}

function judgeMigrations({ pendingMigrations, newerMigrations, knownMigrations, refusal, help }: ServerFacts): DatabaseFinding[] {
	if (pendingMigrations === null) return [{ level: 'bad', code: 'migrations-unreadable', statement: help.tables }];
	if (refusal !== null) return [{ level: 'bad', code: `schema-${refusal.schema}`, version: refusal.version }];
	if (newerMigrations.length > 0) return [{ level: 'note', code: 'migrations-newer', names: newerMigrations }];
	if (pendingMigrations.length > 0) return [{ level: 'note', code: 'migrations-pending', names: pendingMigrations }];
	return [{ level: 'good', code: 'migrations-current', count: knownMigrations }];
}

async function diagnoseFolder(dataFolder: string): Promise<DatabaseFinding[]> {
	const facts = await inspectFolder(dataFolder);
	return [judgeUse(facts), ...judgePrivacy(facts), ...judgeHolder(facts)];
}

function judgeUse({ folder, exists, isWritable, holder }: FolderFacts): DatabaseFinding {
	if (!isWritable) return { level: 'bad', code: 'folder-read-only', folder };
	if (holder !== null) return { level: 'warning', code: 'folder-in-use', folder, ...holder };
	return { level: 'good', code: exists ? 'folder' : 'folder-new', folder };
}

/** Pure. Of a folder that is closed there is nothing to say. */
export function judgePrivacy({ folder, privacy }: Pick<FolderFacts, 'folder' | 'privacy'>): DatabaseFinding[] {
	if (privacy?.isForeign) return [{ level: 'bad', code: 'folder-foreign', folder }];
	return privacy?.isOpen ? [{ level: 'warning', code: privacy.isLink ? 'folder-link-open' : 'folder-open', folder }] : [];
}

function judgeHolder({ folder, looseHolder }: FolderFacts): DatabaseFinding[] {
	return looseHolder === null ? [] : [{ level: 'warning', code: 'folder-replaceable', folder, holder: looseHolder }];
}

/** Without login and options. */
function placeOf(url: string): string {
	const { host, pathname } = new URL(url);
	return `${host}${pathname}`;
}
