/** What administrators decide about connectors: which files are known, tested, approved and taken back. Each decision is written down. */

import type { BrokenCatalogue } from '../connectors/catalogue/catalogue-folder.ts';
import type { ConnectorOperations } from '../connectors/connector-operations.ts';
import { type ConnectorFinding, driftedViews, isGrave } from '../connectors/findings.ts';
import { type LoggedQuery, newestQueries } from '../connectors/query-log.ts';
import type { Database } from '../database/database.ts';
import { now } from '../database/entities/columns.ts';
import { ConnectorDecision } from '../database/entities/connector.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import type { Words } from '../locales/locales.ts';
import { CommandRefusal } from './admin-context.ts';
import { readAsAdministrator, writeEntry } from './audit-log.ts';
import type { AuditRequest } from './audit-request.ts';
import { findPerson, shownPerson } from './people.ts';

export interface ListedConnector {
	name: string;
	/** `grave`: tested as it is now, and what was found has to be mended or taken. `changed`: since it was approved. */
	state: 'new' | 'untested' | 'grave' | 'tested' | 'approved' | 'changed' | 'revoked' | 'gone';
	switchedOff: readonly string[];
}

/** `unknown`: no file of this name can be read. `not-added`: nobody has added it. */
export type ConnectorRefusal = 'unknown' | 'not-added';

export type TestOutcome =
	| { state: 'passed' | 'accepted' | 'refused'; readable: number; findings: ConnectorFinding[] }
	| { state: ConnectorRefusal };

/** All in the name of an administrator. @throws BotError as `Database.asUser`; `FORBIDDEN` for whoever is none. */
export interface ConnectorOrders {
	list(asker: Principal): Promise<{ connectors: ListedConnector[]; broken: BrokenCatalogue[] }>;
	add(asker: Principal, name: string): Promise<'added' | 'known' | 'unknown'>;
	/** @param reason why what was found is taken; null where nobody says so. @throws as `ConnectorOperations.test` too. */
	test(asker: Principal, name: string, reason: string | null, signal: AbortSignal): Promise<TestOutcome>;
	/** `second-person`: whoever took what was found does not approve it as well. */
	approve(
		asker: Principal,
		name: string,
	): Promise<{ state: 'approved'; switchedOff: string[] } | { state: 'untested' | 'second-person' | ConnectorRefusal }>;
	/** @returns false where it was not in use. */
	revoke(asker: Principal, name: string): Promise<boolean>;
	/** What somebody asked databases; first it is written down that it is read. @returns why not, in words, where it is not. */
	logOf(asker: Principal, request: AuditRequest, words: Words): Promise<{ name: string; queries: LoggedQuery[] } | { refusal: string }>;
}

export interface ConnectorOrderDependencies {
	database: Pick<Database, 'asUser'>;
	operations: ConnectorOperations;
	/** False where the configuration forbids reading what others asked; the database then shows nothing either. */
	mayAudit: boolean;
}

export function createConnectorOrders({ database, operations, mayAudit }: ConnectorOrderDependencies): ConnectorOrders {
	async function fileOf(name: string) {
		return (await operations.files()).found.find(({ catalogue }) => catalogue.connector === name) ?? null;
	}

	return {
		async list(asker) {
			const decisions = await database.asUser(asker, ({ em }) => em.find(ConnectorDecision, {}));
			const { found, broken } = await operations.files();
			const revisions = new Map(found.map(({ catalogue, revision }) => [catalogue.connector, revision]));
			const names = [...new Set([...revisions.keys(), ...decisions.map(({ name }) => name)])].sort();
			const connectors = names.map((name) =>
				listed(name, revisions.get(name) ?? null, decisions.find((each) => each.name === name) ?? null),
			);
			return { connectors, broken };
		},
		async add(asker, name) {
			const file = await fileOf(name);
			return await database.asUser(asker, async (transaction) => {
				await readAsAdministrator(transaction);
				if (file === null) return 'unknown';
				if ((await transaction.em.count(ConnectorDecision, { name })) > 0) return 'known';
				await transaction.em.insert(ConnectorDecision, { name, addedBy: asker.userId });
				await note(transaction, asker, 'add', { connector: name, revision: file.revision });
				return 'added';
			});
		},
		async test(asker, name, reason, signal) {
			const isAdded = await database.asUser(asker, ({ em }) => em.count(ConnectorDecision, { name }));
			if ((await fileOf(name)) === null) return { state: 'unknown' };
			if (isAdded === 0) return { state: 'not-added' };
			const { revision, readable, findings } = await operations.test(name, signal);
			const isTaken = findings.some(isGrave) && reason !== null;
			const state = isTaken ? 'accepted' : findings.some(isGrave) ? 'refused' : 'passed';
			await database.asUser(asker, async (transaction) => {
				const { em } = transaction;
				const acceptance = { acceptedBy: isTaken ? asker.userId : null, acceptedReason: isTaken ? reason : null };
				await em.nativeUpdate(ConnectorDecision, name, { testedRevision: revision, testedAt: now(), findings, ...acceptance });
				await em.nativeUpdate(ConnectorDecision, { name, approvedRevision: revision }, { switchedOff: driftedViews(findings) });
				const kinds = findings.map((finding) => (finding.about === 'power' ? finding.kind : finding.about));
				const details = { connector: name, revision, findings: [...new Set(kinds)], ...(isTaken ? { given: reason } : {}) };
				await note(transaction, asker, 'test', details, state === 'refused' ? 'refused' : 'done');
			});
			return { state, readable, findings };
		},
		async approve(asker, name) {
			const file = await fileOf(name);
			return await database.asUser(asker, async (transaction) => {
				const { em } = transaction;
				const decision = await em.findOne(ConnectorDecision, name);
				if (file === null) return { state: 'unknown' };
				if (decision === null) return { state: 'not-added' };
				const { revision } = file;
				const why = whyNotApproved(decision, revision, asker);
				if (why !== null) {
					await note(transaction, asker, 'approve', { connector: name, revision, reason: why }, 'refused');
					return { state: why };
				}
				const switchedOff = driftedViews(decision.findings as ConnectorFinding[]);
				const approval = { approvedRevision: revision, approvedBy: asker.userId, approvedAt: now(), switchedOff };
				await em.nativeUpdate(ConnectorDecision, name, { ...approval, revokedBy: null, revokedAt: null });
				await note(transaction, asker, 'approve', { connector: name, revision });
				return { state: 'approved', switchedOff };
			});
		},
		async revoke(asker, name) {
			return await database.asUser(asker, async (transaction) => {
				const inUse = { name, approvedRevision: { $ne: null } };
				const revocation = { approvedRevision: null, revokedBy: asker.userId, revokedAt: now() };
				const isDone = (await transaction.em.nativeUpdate(ConnectorDecision, inUse, revocation)) > 0;
				if (isDone) await note(transaction, asker, 'revoke', { connector: name });
				return isDone;
			});
		},
		async logOf(asker, { person: typed, count, reason }, words) {
			if (!mayAudit) return { refusal: words.administration.audit.off };
			try {
				const { person, entry } = await database.asUser(asker, async (transaction) => {
					const scene = { transaction, words: words.administration, platforms: [], isListed: () => false };
					const found = await findPerson(scene, typed);
					const read = { action: 'audit', outcome: 'done', subjectUserId: found.userId, details: { reason, count, of: 'sql' } } as const;
					return { person: found, entry: await writeEntry(transaction, { kind: 'person', asker }, read) };
				});
				const queries = await database.asUser(asker, (transaction) => newestQueries(transaction, person.userId, count), {
					auditEntry: entry,
				});
				return { name: shownPerson(person), queries };
			} catch (thrown) {
				if (!(thrown instanceof CommandRefusal)) throw thrown;
				return { refusal: thrown.answer };
			}
		},
	};
}

function listed(name: string, revision: string | null, decision: ConnectorDecision | null): ListedConnector {
	return { name, state: stateOf(revision, decision), switchedOff: decision?.switchedOff ?? [] };
}

function stateOf(revision: string | null, decision: ConnectorDecision | null): ListedConnector['state'] {
	if (revision === null) return 'gone';
	if (decision === null) return 'new';
	if (decision.approvedRevision !== null) return decision.approvedRevision === revision ? 'approved' : 'changed';
	if (decision.testedRevision !== revision) return decision.revokedAt === null ? 'untested' : 'revoked';
	return hasPassed(decision) ? 'tested' : 'grave';
}

function hasPassed({ findings, acceptedReason }: ConnectorDecision): boolean {
	return acceptedReason !== null || !(findings as ConnectorFinding[]).some(isGrave);
}

function whyNotApproved(decision: ConnectorDecision, revision: string, { userId }: Principal): 'untested' | 'second-person' | null {
	if (decision.testedRevision !== revision || !hasPassed(decision)) return 'untested';
	return decision.acceptedBy?.id === userId ? 'second-person' : null;
}

async function note(
	transaction: Transaction,
	asker: Principal,
	action: 'add' | 'test' | 'approve' | 'revoke',
	details: Readonly<Record<string, unknown>>,
	outcome: 'done' | 'refused' = 'done',
): Promise<void> {
	await writeEntry(transaction, { kind: 'person', asker }, { action: `sql ${action}`, outcome, subjectUserId: null, details });
}
