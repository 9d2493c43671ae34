/** One connection after its login: settings, a transaction, and one batch at a time, which an attention ends. */

import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Answer, CompanyDatabase } from './company-database.ts';
import { ServerFault } from './faults.ts';
import { createMessageWriter, type Message, type MessageWriter, messageTypes, sendMessage } from './packets.ts';
import { readBatch, readCall, type StatementRequest, statementsIn } from './requests.ts';
import type { ServerState } from './server-state.ts';
import { columnMetadata, done, doneFlags, errorToken, row, transactionBegun, transactionRolledBack } from './tokens.ts';

export interface SessionSurroundings {
	state: ServerState;
	database: CompanyDatabase;
	/** Every batch that came, in order. */
	batches: string[];
	/** What each session was told of who asks, in order. */
	identities: Record<string, string>[];
	/** Tables that somebody else holds; emits `change`. */
	locks: { held: ReadonlySet<string>; changes: EventTarget };
}

export interface Session {
	isRunning(): boolean;
	take(message: Message | null): void;
	/** The connection is gone. */
	end(): void;
}

/** What costs more than this runs until somebody ends it. */
const endlessCost = 1_000_000;
/** No plan costs more. */
const mostCost = 2_000_000_000;
/** Sent before the next look whether the client still wants them. */
const rowsAtOnce = 20;
const transaction = 1n;

export function createSession(socket: Duplex, { state, database, batches, identities, locks }: SessionSurroundings): Session {
	let attention: AbortController | null = null;
	const settings = { lockTimeoutMs: -1, costLimit: 0, isolation: 'read committed', showsPlans: false };
	const context = new Map<string, { value: string; isReadOnly: boolean }>();
	let isInTransaction = false;

	async function run({ sql, parameters }: StatementRequest): Promise<void> {
		batches.push(sql);
		const ended = new AbortController();
		attention = ended;
		const writer = createMessageWriter(socket);
		let flags: number = doneFlags.final;
		try {
			for (const statement of batchOf(sql)) await runOne(statement, parameters, writer, ended.signal);
		} catch (error) {
			flags = doneFlags.error;
			const fault = error instanceof ServerFault ? error : new ServerFault(50_000, String(error));
			if (!ended.signal.aborted) writer.write(errorToken(fault.number, fault.message));
		}
		attention = null;
		writer.write(done(ended.signal.aborted ? doneFlags.error : flags));
		writer.end();
		if (ended.signal.aborted) acknowledge();
	}

	/** A message of its own, behind what was left of the one that was ended. */
	function acknowledge(): void {
		sendMessage(socket, done(doneFlags.attention));
	}

	async function runOne(
		sql: string,
		parameters: Readonly<Record<string, string>>,
		writer: MessageWriter,
		signal: AbortSignal,
	): Promise<void> {
		if (isSetting(sql) || isOfTransaction(sql, writer)) return;
		if (/^exec sp_set_session_context\b/i.test(sql)) return setContext(parameters);
		const cost = Math.min(database.costOf(sql), mostCost);
		if (settings.showsPlans) return await send(planOf(cost), writer, signal);
		needCheap(cost);
		await passLocks(sql, signal);
		if (cost > endlessCost) await once(signal, 'abort');
		if (signal.aborted) return;
		const answer = database.ask(sql, parameters);
		if (answer.columns.length > 0) await send(answer, writer, signal);
	}

	function planOf(cost: number): Answer {
		if (!state.maySeePlans) throw new ServerFault(262, `SHOWPLAN permission denied in database '${state.database}'.`);
		// As much of a plan as says what it costs.
		const plan = `<ShowPlanXML><BatchSequence><Batch><Statements><StmtSimple StatementSubTreeCost="${cost}"/></Statements></Batch></BatchSequence></ShowPlanXML>`;
		return { columns: [{ name: 'Microsoft SQL Server 2005 XML Showplan', type: { name: 'nvarchar(max)', scale: 0 } }], rows: [[plan]] };
	}

	function needCheap(cost: number): void {
		if (settings.costLimit > 0 && cost > settings.costLimit)
			throw new ServerFault(8649, 'The estimated cost of this query exceeds the configured threshold.');
	}

	function isSetting(sql: string): boolean {
		const [, name = '', value = ''] =
			/^set (lock_timeout|query_governor_cost_limit|showplan_xml|transaction isolation level)\s+(.+)$/i.exec(sql) ?? [];
		if (name.toLowerCase() === 'lock_timeout') settings.lockTimeoutMs = Number(value);
		else if (name.toLowerCase() === 'query_governor_cost_limit') settings.costLimit = Number(value);
		else if (name.toLowerCase() === 'showplan_xml') settings.showsPlans = value.toLowerCase() === 'on';
		else if (name !== '') settings.isolation = value.toLowerCase();
		// The driver's own come as one batch without semicolons.
		return /^set /i.test(sql);
	}

	function isOfTransaction(sql: string, writer: MessageWriter): boolean {
		if (/^begin transaction$/i.test(sql)) {
			isInTransaction = true;
			writer.write(transactionBegun(transaction));
			return true;
		}
		if (!/^(if @@trancount > 0 )?rollback transaction$/i.test(sql)) return false;
		if (isInTransaction) writer.write(transactionRolledBack(transaction));
		isInTransaction = false;
		return true;
	}

	function setContext({ '@setting': name = '', '@person': value = '' }: Readonly<Record<string, string>>): void {
		if (context.get(name)?.isReadOnly) throw new ServerFault(15_664, `Cannot set key '${name}' in the session context.`);
		context.set(name, { value, isReadOnly: true });
		identities.push({ [name]: value });
	}

	/** A snapshot waits for nobody. */
	async function passLocks(sql: string, signal: AbortSignal): Promise<void> {
		const isHeld = () => database.relationsIn(sql).some((name) => locks.held.has(name));
		if (settings.isolation === 'snapshot') return;
		const late = settings.lockTimeoutMs < 0 ? signal : AbortSignal.any([signal, AbortSignal.timeout(settings.lockTimeoutMs)]);
		while (isHeld() && !late.aborted) await once(locks.changes, 'change', { signal: late }).catch(() => {});
		if (isHeld() && !signal.aborted) throw new ServerFault(1222, 'Lock request time out period exceeded.');
	}

	async function send({ columns, rows }: Answer, writer: MessageWriter, signal: AbortSignal): Promise<void> {
		writer.write(columnMetadata(columns));
		for (const [index, values] of rows.entries()) {
			if (index % rowsAtOnce === rowsAtOnce - 1) await setImmediate();
			if (signal.aborted || socket.destroyed) return;
			writer.write(row(columns, values));
		}
		writer.write(done(doneFlags.more));
	}

	return {
		isRunning: () => attention !== null,
		take(message) {
			// What was taken back is answered all the same.
			if (message === null) return sendMessage(socket, done(doneFlags.error));
			if (message.type === messageTypes.attention) return attention === null ? acknowledge() : attention.abort();
			void run(message.type === messageTypes.rpc ? readCall(message.body) : readBatch(message.body));
		},
		end: () => attention?.abort(),
	};
}

function batchOf(sql: string): string[] {
	const statements = statementsIn(sql);
	if (statements.length > 1 && statements.some((statement) => /^set showplan_xml/i.test(statement)))
		throw new ServerFault(1067, 'The SET SHOWPLAN statements must be the only statements in the batch.');
	return statements;
}
