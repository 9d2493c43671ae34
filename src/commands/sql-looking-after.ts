/** What administrators see of connectors and decide about them. */

import type { ListedConnector } from '../administration/connector-orders.ts';
import { findingText, problemText } from '../connectors/finding-text.ts';
import { toBotError } from '../errors.ts';
import type { Words } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { CommandContext } from './definition.ts';

/** Of a file that cannot be read: who mends it looks at `npm run connectors -- test` anyway. */
const mostProblems = 3;

export async function listConnectors({ person, words, services }: CommandContext): Promise<CommandResult> {
	const { sql } = words;
	const { connectors, broken } = await services.connectorOrders.list(person);
	const table = [
		...connectors.map((listed) => [listed.name, stateText(listed, words)]),
		...broken.map(({ file, problems }) => [
			file,
			sql.state.broken(
				problems
					.slice(0, mostProblems)
					.map((problem) => problemText(problem, words.connectors))
					.join(' '),
			),
		]),
	];
	return table.length === 0 ? [sql.off] : [{ columns: [sql.file, sql.standing], table }];
}

function stateText({ name, state, switchedOff }: ListedConnector, { sql }: Words): string {
	if (state === 'approved') return switchedOff.length === 0 ? sql.state.approved : sql.state.approvedWithout(switchedOff.join(', '));
	return state === 'gone' || state === 'revoked' ? sql.state[state] : sql.state[state](name);
}

export async function addConnector({ person, words: { sql }, services }: CommandContext, name: string): Promise<CommandResult> {
	if (name === '') return [sql.which];
	const done = await services.connectorOrders.add(person, name);
	if (done === 'unknown') return [sql.noFile(name)];
	return [done === 'added' ? sql.added(name) : sql.isAdded(name)];
}

/** @param reason why what is found is taken; in quotes, which keep a sentence together, or without. */
export async function testConnectorNamed(context: CommandContext, name: string, reason: string): Promise<CommandResult> {
	const { person, words, services, signal } = context;
	const { sql } = words;
	if (name === '') return [sql.which];
	try {
		const done = await services.connectorOrders.test(person, name, reason === '' ? null : reason, signal);
		if (!('findings' in done)) return [refusalText(done.state, name, words)];
		const list = done.findings.map((finding) => findingText(finding, words.connectors));
		const next = { passed: sql.passed, accepted: sql.accepted, refused: sql.refused }[done.state](name);
		return [sql.tested(name, done.readable), ...(list.length === 0 ? [] : [{ list }]), next];
	} catch (thrown) {
		const { code, reason: cause = '' } = toBotError(thrown);
		if (signal.aborted) throw thrown;
		if (code === 'STORE_UNAVAILABLE') return [sql.testFailed.away(name, cause)];
		if (code === 'CONFIG_INVALID') return [sql.testFailed.login(name, cause)];
		if (code === 'TIMEOUT' || code === 'CONFLICT') return [sql.testFailed.refused(name, cause)];
		throw thrown;
	}
}

export async function approveConnector({ person, words, services }: CommandContext, name: string): Promise<CommandResult> {
	const { sql } = words;
	if (name === '') return [sql.which];
	const done = await services.connectorOrders.approve(person, name);
	if (done.state === 'untested') return [sql.approveFirst(name)];
	if (done.state === 'second-person') return [sql.secondPerson];
	if (done.state !== 'approved') return [refusalText(done.state, name, words)];
	return [sql.approved(name), ...(done.switchedOff.length === 0 ? [] : [sql.approvedWithout(done.switchedOff.join(', '))])];
}

export async function revokeConnector({ person, words: { sql }, services }: CommandContext, name: string): Promise<CommandResult> {
	if (name === '') return [sql.which];
	return [(await services.connectorOrders.revoke(person, name)) ? sql.revoked(name) : sql.notApproved(name)];
}

function refusalText(refusal: 'unknown' | 'not-added', name: string, { sql }: Words): string {
	return refusal === 'unknown' ? sql.noFile(name) : sql.notAdded(name);
}
