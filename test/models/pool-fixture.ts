/** A pool over emulated hosts for one test, and short ways to ask it. */

import { randomUUID } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { ChatRequest, ModelEvent, ModelPool } from '#src/models/model-pool.ts';
import { createModelPool } from '#src/models/pool.ts';
import type { ModelOptions, ModelPoolDependencies } from '#src/models/settings.ts';
import { openTicketQueue } from '#src/queue/open-ticket-queue.ts';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { ChatBody, EmulatorOptions, RecordedRequest } from '#test/emulators/ollama/types.ts';
import { patienceMs } from '#test/setup/patience.ts';

export interface LogLine {
	level: 'info' | 'warn' | 'error';
	fields: Record<string, unknown>;
	message: string;
}

export interface Fixture {
	pool: ModelPool;
	logs: LogLine[];
}

/** An emulator that is closed when the test ends. */
export async function startOllama(options: EmulatorOptions = {}): Promise<OllamaEmulator> {
	const ollama = await startOllamaEmulator({
		models: [{ name: 'demo:latest' }, { name: 'demo-embed:latest', capabilities: ['embedding'] }],
		...options,
	});
	onTestFinished(() => ollama.close());
	return ollama;
}

/** Options of the default model stand beside those of the pool. */
interface PoolOverrides extends Partial<ModelPoolDependencies>, Partial<Omit<ModelOptions, 'name'>> {
	model?: string;
	others?: readonly ({ name: string } & Partial<ModelOptions>)[];
}

/** A pool that is not started, so that it never looks at the hosts unasked; stopped when the test ends. */
export function createPool(hosts: readonly (OllamaEmulator | string)[], overrides: PoolOverrides = {}): Fixture {
	const { model: name = 'demo', others = [], contextTokens = 8192, maxOutputTokens = 4096, ...mine } = overrides;
	const { think = 'off', temperature = null, slots = 4, ...rest } = mine;
	const standard: ModelOptions = { name, contextTokens, maxOutputTokens, think, temperature, slots };
	const logs: LogLine[] = [];
	const log = (level: LogLine['level']) => (fields: object, message: string) => {
		logs.push({ level, fields: { ...fields }, message });
	};
	const logger = { info: log('info'), warn: log('warn'), error: log('error') };
	const clock = overrides.clock === undefined ? {} : { clock: overrides.clock };
	const pool = createModelPool({
		hosts: hosts.map((host) => (typeof host === 'string' ? host : host.url)),
		models: [standard, ...others.map((other) => ({ ...standard, ...other }))],
		embeddingModel: 'demo-embed',
		queue: openTicketQueue({ url: null, name: 'demo', processId: randomUUID(), logger, ...clock }),
		queueLimit: 200,
		deadlines: { queueMs: 20_000, firstTokenMs: 20_000, silenceMs: 20_000, totalMs: 60_000 },
		keepAlive: '-1',
		logger,
		...rest,
	});
	onTestFinished(() => pool.stop());
	return { pool, logs };
}

function requestOf(overrides: Partial<ChatRequest> = {}): ChatRequest {
	return {
		messages: [{ role: 'user', content: 'How many holidays are left?' }],
		userId: 'ana',
		conversationId: 'conversation-1',
		priority: 'interactive',
		...overrides,
	};
}

/** What one request has shown so far, and its end. */
export interface Asked {
	events: ModelEvent[];
	text(): string;
	/** Null after an `end`; the error otherwise. Never rejects. */
	ended: Promise<BotError | null>;
	abort(): void;
	positions(): number[];
}

export function ask(pool: ModelPool, overrides: Partial<ChatRequest> = {}): Asked {
	const events: ModelEvent[] = [];
	const controller = new AbortController();
	const read = async (): Promise<BotError | null> => {
		try {
			for await (const event of pool.chat(requestOf(overrides), controller.signal)) events.push(event);
			return null;
		} catch (error) {
			if (error instanceof BotError) return error;
			throw error;
		}
	};
	return {
		events,
		text: () => events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''),
		ended: read(),
		abort: () => controller.abort(),
		positions: () => events.flatMap((event) => (event.type === 'queued' ? [event.position] : [])),
	};
}

/** Waits until something holds, for at most `timeoutMs`. */
export async function until(condition: () => boolean, timeoutMs = patienceMs): Promise<void> {
	await vi.waitUntil(condition, { timeout: timeoutMs, interval: 5 });
}

/** A request for an answer; one without messages only loads the model. */
export function isAnswer({ path, body }: RecordedRequest): boolean {
	return path === '/api/chat' && ((body as ChatBody).messages ?? []).length > 0;
}

export function answersOf(ollama: OllamaEmulator): RecordedRequest[] {
	return ollama.requests.filter(isAnswer);
}

/** What was asked for in each of them. */
export function bodiesOf(ollama: OllamaEmulator): ChatBody[] {
	return answersOf(ollama).map(({ body }) => body as ChatBody);
}
