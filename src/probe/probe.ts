/** A question of our own through what every answer needs, so that a new version is known to answer before anybody asks it. */

import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { createAdapterState } from '../database/adapter-state.ts';
import type { Database } from '../database/database.ts';
import { BotError } from '../errors.ts';
import type { LanguageModels } from '../models/model-pool.ts';

export interface ProbeDependencies {
	/** @throws BotError `STORE_UNAVAILABLE` while there is none. */
	database: () => Pick<Database, 'query'>;
	models: Pick<LanguageModels, 'chat'>;
	clock: Pick<Clock, 'now'>;
}

export interface ProbeAnswer {
	/** What the model said to a question of ours. */
	text: string;
	/** How long the database took to keep a fact, give it back and forget it. */
	storedMs: number;
	/** How long the answer took from its place in the queue to its end. */
	answeredMs: number;
}

/**
 * Asks the model to say a word of at most 20 small letters, as people ask it: with a place in the queue that all processes share, and a slot. The
 * signal ends it. @throws BotError as `Database.query` and `LanguageModels.chat` do; `INTERNAL` when the database does not give back what it took.
 */
export type Probe = (word: string, signal: AbortSignal) => Promise<ProbeAnswer>;

/** Room for a model that says more than it was asked to, and thinks first although it was told not to. */
const mostTokens = 256;

export function createProbeQuestion({ database, models, clock }: ProbeDependencies): Probe {
	const timed = async <Result>(act: () => Promise<Result>): Promise<[Result, number]> => {
		const beganAtMs = clock.now();
		return [await act(), clock.now() - beganAtMs];
	};

	return async (word, signal) => {
		const [, storedMs] = await timed(() => keep(database(), word));
		const [text, answeredMs] = await timed(() => ask(models, word, signal));
		return { text, storedMs, answeredMs };
	};
}

/** Committed, by the rights of the program, and gone again. */
async function keep(database: Pick<Database, 'query'>, word: string): Promise<void> {
	const probeId = randomUUID();
	const facts = createAdapterState({ database, platform: 'probe', processId: probeId });
	await facts.set(probeId, word);
	const kept = await facts.get(probeId);
	await facts.delete(probeId);
	if (kept !== word) throw new BotError('INTERNAL', 'the database does not give back what it took');
}

async function ask(models: Pick<LanguageModels, 'chat'>, word: string, signal: AbortSignal): Promise<string> {
	const probeId = `probe:${randomUUID()}`;
	let text = '';
	const events = models.chat(
		{
			messages: [{ role: 'user', content: `Answer with this one word and nothing else: ${word}` }],
			think: 'off',
			userId: probeId,
			conversationId: probeId,
			priority: 'interactive',
			maxOutputTokens: mostTokens,
		},
		signal,
	);
	for await (const event of events) {
		if (event.type === 'text-delta') text += event.text;
		else if (event.type === 'text-retracted') text = '';
	}
	return text;
}
