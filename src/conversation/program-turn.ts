/** One answer to a program: nothing is resumed, whoever goes away stops it, and what was asked and said is written down like any other. */

import type { Activity } from '../delivery/activity.ts';
import type { OwingRecord } from '../delivery/reply-record.ts';
import { BotError } from '../errors.ts';
import type { BegunAnswer } from '../history/stored.ts';
import type { Person } from '../identity/person.ts';
import type { Words } from '../locales/locales.ts';
import type { ChatRequest, Sampling } from '../models/model-pool.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { sourceWordsFor } from '../platform/source.ts';
import { isInTime, onAbort } from '../waiting.ts';
import { createKnownLinks } from './known-links.ts';
import type { WatchedConversation } from './lost-answers-job.ts';
import type { Memory } from './memory.ts';
import { createPlainAsking } from './plain-asking.ts';
import { createPlainReply, createProgramReply, type ProgramReply } from './program-reply.ts';
import type { Turn, TurnDependencies, TurnOptions } from './turn-context.ts';
import { createTurnEnds, type Written } from './turn-ending.ts';
import { createTurnStops } from './turn-stops.ts';
import { createTurnTimes } from './turn-times.ts';
import { createWriting } from './writing.ts';

export interface ProgramQuestion {
	person: Person;
	account: Actor;
	words: Words;
	/** The platform of the web, and where all that this program asks is written down. */
	platform: ChatPlatform;
	place: Place;
	/** Each of them unique. */
	messageId: string;
	answerId: string;
	/** What was said, as the program tells it: the question last. */
	said: readonly ProgramMessage[];
	/** What the program tells the model of its own; '' for nothing. */
	instructions: string;
	/** Asked as it is, with nothing of the house; null for the house's own prompt, documents and tools. */
	plainModel: string | null;
	sampling: Sampling;
	/** Null for as much as an answer may have. */
	maxOutputTokens: number | null;
	priority: ChatRequest['priority'];
}

export interface ProgramMessage {
	role: 'user' | 'assistant';
	content: string;
}

/** Who reads the answer. */
export interface ProgramReader {
	/** The queue for the models has taken the question; called again and again. */
	taken(): void;
	say(text: string): void;
	/** What is said while there is no text, such as a place in the queue. */
	wait(sentence: string): void;
}

export interface ProgramAnswer {
	/** Whether the model was cut off at the most tokens. */
	isCut: boolean;
	/** Why there is none, or no more of it; null where there is. Its reason is one of `FailureReason`. */
	error: BotError | null;
	usage: { promptTokens: number; outputTokens: number };
}

export interface ProgramTurns {
	/** @throws BotError `STORE_UNAVAILABLE`, and what else keeps the question from being written down. `signal`: nobody reads any more. */
	answer(question: ProgramQuestion, reader: ProgramReader, signal: AbortSignal): Promise<ProgramAnswer>;
	/** Lets answers end within so long. */
	rest(graceMs: number): Promise<void>;
}

export interface ProgramTurnDependencies extends TurnDependencies {
	/** Has the conversation looked at later: whoever writes its answers may die. */
	leaveLook: (conversation: WatchedConversation) => void;
}

export function createProgramTurns(deps: ProgramTurnDependencies): ProgramTurns {
	const { store, clock } = deps;
	const { write } = createWriting(deps);
	const askPlainly = createPlainAsking(deps);
	const { finish } = createTurnEnds(deps, () => {});
	const underWay = new Set<Promise<unknown>>();

	async function answer(question: ProgramQuestion, reader: ProgramReader, signal: AbortSignal): Promise<ProgramAnswer> {
		const { person, place, messageId, answerId } = question;
		const stops = createTurnStops();
		const turn = turnOf(question, reader, stops);
		const forget = deps.running.add({
			...{ answerId, userId: person.userId, place, questionMessageId: messageId },
			stop: (isWithdrawn) => (isWithdrawn ? stops.withdraw() : stops.stop()),
		});
		const stay = onAbort(signal, () => stops.stop());
		try {
			const row = await begin(turn.options);
			const { plainModel, words } = question;
			if (plainModel !== null) {
				const reply = createPlainReply(reader);
				return await end(turn, row, await askPlainly(turn, row, plainModel, reply), reply);
			}
			const sourceWords = sourceWordsFor(words, person.timeZone ?? deps.timeZone);
			const reply = createProgramReply({ ...reader, links: turn.links.rule, sourceWords });
			return await end(turn, row, await write(turn, row, reply), reply);
		} finally {
			stay();
			forget();
		}
	}

	async function begin({ person, question, answerId }: TurnOptions): Promise<BegunAnswer> {
		const conversationId = await store.joinToAsk(person, question.place, question.messageId);
		if (conversationId === null) throw new BotError('INTERNAL', 'a new question of a program counts as removed');
		await store.endLost(person, conversationId);
		const begun = await store.begin(person, conversationId, answerId, question);
		deps.leaveLook({ conversationId, userId: person.userId, role: person.role });
		return begun;
	}

	/** What went wrong is told as such, and stands in no text. */
	async function end(turn: Turn, row: BegunAnswer, written: Written, reply: ProgramReply): Promise<ProgramAnswer> {
		const { promptTokens, outputTokens } = written.facts;
		const error = errorOf(written);
		if (error !== null) reply.mute();
		if (turn.stops.isWithdrawn) await store.withdraw(turn.options.person, row.id);
		else await finish(turn, row, written, reply);
		return { isCut: written.ending === 'cut', error, usage: { promptTokens: promptTokens ?? 0, outputTokens: outputTokens ?? 0 } };
	}

	function turnOf(question: ProgramQuestion, reader: ProgramReader, stops: Turn['stops']): Turn {
		const { person, account, words, platform, place, messageId, answerId, said, instructions } = question;
		const { signal } = new AbortController();
		const now = new Date(clock.now());
		const text = said.at(-1)?.content ?? '';
		const links = createKnownLinks({ hosts: deps.linkHosts, platform, place });
		links.knowWords(text);
		const { sampling, priority, maxOutputTokens } = question;
		const program = {
			...{ memory: memoryOf(question, now), added: instructions, sampling, priority },
			...{ maxOutputTokens: maxOutputTokens ?? Number.MAX_SAFE_INTEGER, onTaken: reader.taken },
		};
		const asked = { place, messageId, text, cited: [], attachments: [], receivedAt: now };
		return {
			options: { platform, person, words, question: asked, answerId, recipient: account, attempt: 1, program },
			pacer: deps.pacers(platform),
			times: createTurnTimes(clock, deps.observer, platform.name),
			activity: activityOf(reader),
			record: noRecord,
			...{ stops, links, signal },
		};
	}

	return {
		async answer(...asked) {
			const answering = answer(...asked);
			const settled = answering.then(
				() => {},
				() => {},
			);
			underWay.add(settled);
			void settled.then(() => underWay.delete(settled));
			return await answering;
		},
		rest: async (graceMs) => void (await isInTime(clock, Promise.all(underWay), graceMs)),
	};
}

/** All was said just now, as far as anybody knows; by the asker, who stands for it. */
function memoryOf({ said, person }: ProgramQuestion, now: Date): Memory {
	const speaker = { name: person.displayName, mark: person.userId.slice(0, 4) };
	const messages = said.map(({ role, content }, index) => ({
		...{ sequence: index + 1, role, content, cited: [], saidAt: now },
		speaker: role === 'user' ? speaker : null,
	}));
	return { isShared: false, summary: null, overheard: [], isThreadCut: false, messages, version: '' };
}

function errorOf({ error, ending, facts }: Written): BotError | null {
	if (facts.trace?.reason === 'question-too-long')
		return new BotError('MODEL_REJECTED', 'the question is too long', { reason: 'too-long' });
	if (error !== null) return error;
	return ending === 'interrupted' || ending === 'failed'
		? new BotError('MODEL_UNAVAILABLE', 'the model broke off', { retryable: true })
		: null;
}

/** It has words, and nothing to take away. */
function activityOf({ wait }: ProgramReader): Activity {
	return {
		async show(text) {
			wait(text);
			return true;
		},
		isOverdue: () => false,
		refusal: null,
		rest: () => {},
		hide: async () => {},
		end: () => {},
		clear: async () => {},
	};
}

/** There are no messages to keep books on. */
const noRecord: OwingRecord = {
	intended: async () => {},
	shown: async () => {},
	final: async () => {},
	isKnown: () => false,
	takenOver: async () => {},
	settle: async () => {},
};
