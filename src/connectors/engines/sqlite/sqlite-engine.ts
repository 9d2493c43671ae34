/** SQLite files: each question gets a process of its own, which can be ended at any moment. */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../clock.ts';
import { onAbort, startTimeLimit } from '../../../waiting.ts';
import type { ConnectorEngine, EngineSession } from '../engine.ts';
import { engineError } from '../engine-error.ts';
import type { SqliteReply, SqliteRequest } from './wire.ts';

const program = fileURLToPath(new URL('./child.ts', import.meta.url));
const source = fileURLToPath(new URL('../../../', import.meta.url));
const packageFile = fileURLToPath(new URL('../../../../package.json', import.meta.url));
/** It needs the program's own files, and SQLite the one that it opens. No writing, no processes, no threads. */
const rights = ['--permission', `--allow-fs-read=${source}`, `--allow-fs-read=${packageFile}`, '--no-warnings', '--max-old-space-size=256'];

/** A process starts in 50 ms; on a machine that is busy, in seconds. */
const startLimitMs = 15_000;

export interface SqliteSettings {
	file: string;
	/** Columns that questions may read, by view. */
	views: Record<string, string[]>;
}

export function createSqliteEngine({ file, views }: SqliteSettings): ConnectorEngine {
	return {
		async connect({ limits, signal }) {
			const holder = await startHolder({ kind: 'open', file, views, lockMs: limits.lockMs }, signal);
			const session: EngineSession = {
				async explain({ sql }) {
					await holder.ask({ kind: 'explain', sql }, limits.statementMs);
					return { cost: null };
				},
				async run({ sql }) {
					const reply = await holder.ask({ kind: 'run', sql, limits }, limits.statementMs);
					if (reply.kind !== 'rows') throw engineError('away', reply.kind);
					return reply.rows;
				},
				close: holder.end,
			};
			return session;
		},

		async readSchema(signal) {
			const holder = await startHolder({ kind: 'open', file, views: {}, lockMs: startLimitMs }, signal);
			try {
				const reply = await holder.ask({ kind: 'schema' }, startLimitMs);
				return reply.kind === 'schema' ? reply.views : [];
			} finally {
				await holder.end();
			}
		},

		// The file is opened for reading, by a process that may write nothing.
		findPowers: async () => [],
	};
}

interface Holder {
	/** @throws what the reply says went wrong; `TIMEOUT`, `CANCELLED`, and then the process is gone. */
	ask(request: SqliteRequest, limitMs: number): Promise<SqliteReply>;
	/** Resolves when nothing of it is left. */
	end(): Promise<void>;
}

async function startHolder(opening: SqliteRequest, signal: AbortSignal): Promise<Holder> {
	if (signal.aborted) throw engineError('cancelled', 'signal');
	// The program's environment has secrets.
	const child = fork(program, { execArgv: rights, env: {}, cwd: '/', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
	const gone = Promise.withResolvers<void>();
	const answers = { resolve: (_reply: SqliteReply) => {} };
	child.on('message', (reply: SqliteReply) => answers.resolve(reply));
	child.once('exit', () => gone.resolve());
	child.once('error', () => gone.resolve());

	const end = async () => {
		child.kill('SIGKILL');
		await gone.promise;
	};

	async function ask(request: SqliteRequest, limitMs: number): Promise<SqliteReply> {
		const limit = startTimeLimit(systemClock, limitMs);
		const reply = Promise.withResolvers<SqliteReply>();
		answers.resolve = reply.resolve;
		const stop = (fault: 'cancelled' | 'time') => () => reply.resolve({ kind: 'fault', fault, reason: fault });
		const forget = [onAbort(signal, stop('cancelled')), onAbort(limit.signal, stop('time'))];
		gone.promise.then(() => reply.resolve({ kind: 'fault', fault: 'away', reason: 'process ended' }));
		// It may be gone already; that is answered above.
		child.send(request, () => {});
		try {
			const said = await reply.promise;
			if (said.kind !== 'fault') return said;
			if (said.fault === 'cancelled' || said.fault === 'time') await end();
			throw engineError(said.fault, said.reason);
		} finally {
			for (const each of forget) each();
			limit.end();
		}
	}

	try {
		await ask(opening, startLimitMs);
		return { ask, end };
	} catch (error) {
		await end();
		throw error;
	}
}
