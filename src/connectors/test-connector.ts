/** Looks whether a connector is what its file says: the database, each login, the named questions, and rows that depend on who asks. */

import { boundsOf } from './catalogue/bounds-for.ts';
import { type Catalogue, identityOf } from './catalogue/catalogue-file.ts';
import { driftOf } from './catalogue/drift.ts';
import { loginsOf } from './catalogue/logins.ts';
import type { RefusedQuestion } from './catalogue/question-relations.ts';
import { askEngine } from './engines/ask-engine.ts';
import { openEngine } from './engines/open-engine.ts';
import type { ConnectorFinding } from './findings.ts';
import { guardStatement } from './guard/guard.ts';

export interface TestSurroundings {
	/** Where the file lies: paths in it begin there. */
	folder: string;
	environment: NodeJS.ProcessEnv;
	signal: AbortSignal;
}

export interface ConnectorTest {
	/** How many tables and views the logins read. */
	readable: number;
	/** Each once. */
	findings: ConnectorFinding[];
}

/** Runs nothing but what reads. @throws BotError as `ConnectorEngine.connect`. */
export async function testConnector(
	catalogue: Catalogue,
	refused: readonly RefusedQuestion[],
	surroundings: TestSurroundings,
): Promise<ConnectorTest> {
	const names = new Set<string>();
	const found: ConnectorFinding[] = [];
	for (const { role, views } of loginsOf(catalogue)) {
		const engine = openEngine(catalogue, { ...surroundings, role });
		const live = await engine.readSchema(surroundings.signal);
		for (const { name } of live) names.add(name);
		found.push(...driftOf(catalogue, live, views).map((drift) => ({ about: 'drift', ...drift }) as const));
		found.push(...(await engine.findPowers(surroundings.signal)).map((power) => ({ about: 'power', ...power }) as const));
	}
	found.push(...refused.map((question) => ({ about: 'question', ...question }) as const));
	found.push(...unencrypted(catalogue), ...(await sameRows(catalogue, surroundings)));
	return { readable: names.size, findings: [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()] };
}

/** Which views are not as the file says: the part of the test that is repeated while a connector is used. @throws BotError as `testConnector`. */
export async function findDrift(catalogue: Catalogue, surroundings: TestSurroundings): Promise<ConnectorFinding[]> {
	const found: ConnectorFinding[] = [];
	for (const { role, views } of loginsOf(catalogue)) {
		const live = await openEngine(catalogue, { ...surroundings, role }).readSchema(surroundings.signal);
		found.push(...driftOf(catalogue, live, views).map((drift) => ({ about: 'drift', ...drift }) as const));
	}
	return found;
}

/** What never leaves this machine needs no encryption. */
const ownMachine = /^(localhost|127(\.\d{1,3}){3}|::1|\/.*)$/;

function unencrypted(catalogue: Catalogue): ConnectorFinding[] {
	if (catalogue.engine === 'sqlite') return [];
	const { host, tls } = catalogue.where;
	return tls === 'off' && !ownMachine.test(host) ? [{ about: 'unencrypted', host }] : [];
}

async function sameRows(catalogue: Catalogue, surroundings: TestSurroundings): Promise<ConnectorFinding[]> {
	const personal = identityOf(catalogue);
	if (personal === null) return [];
	const { view, people } = personal.proof;
	const query = await guardStatement(`select count(*) from ${view}`, boundsOf(catalogue, [view], new Date(0)));
	if (query.verdict === 'refused') return [{ about: 'same-rows', view }];
	const [login] = loginsOf(catalogue).filter(({ views }) => views.includes(view));
	const engine = openEngine(catalogue, { ...surroundings, role: login?.role ?? null });
	const counts = new Set<string>();
	for (const identity of people) {
		const { rows } = await askEngine(engine, query, { identity, limits: catalogue.limits, signal: surroundings.signal });
		counts.add(rows[0]?.[0] ?? '');
	}
	return counts.size === people.length ? [] : [{ about: 'same-rows', view }];
}
