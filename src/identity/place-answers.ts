/** What platforms said of who is in a place: shared by all who ask, for a minute, and forgotten as soon as somebody comes or goes. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { Actor } from '../platform/chat-event.ts';
import { unlessAborted } from '../waiting.ts';

/** What was said of this channel, and of this account wherever it is asked about alone; with neither, of everybody on the platform. */
export interface MembershipChange {
	platform: string;
	channelId?: string;
	accountId?: string;
}

/** What is asked about; equal ones share an answer. */
export interface PlaceSubject {
	platform: string;
	tenantId: string;
	channelId: string;
	/** Null when it is about everybody in the place. */
	account: Pick<Actor, 'tenantId' | 'accountId'> | null;
}

export interface PlaceAnswers<Answer> {
	/** Null where nobody can say, or where people come and go all the while. @throws BotError `CANCELLED` when the signal fires. */
	find(subject: PlaceSubject, ask: (signal: AbortSignal) => Promise<Answer>, signal: AbortSignal): Promise<Answer | null>;
	/** What a change may have made untrue, also of what is being asked just now. */
	forget(change: MembershipChange): void;
}

/** A question to the platform, and its answer as soon as there is one. */
interface Asked<Answer> {
	subject: PlaceSubject;
	askedAtMs: number;
	answer: Promise<Answer>;
	/** Something changed since it was asked. */
	isDoubted: boolean;
}

/** How long somebody may go on reading where they were taken out, when nobody tells of that. */
const keptMs = 60_000;
/** A question is shared by all who have it, so none of them ends it; it ends by itself. */
const patienceMs = 10_000;
/** Whoever asks while people come and go is told nothing in the end. */
const attempts = 3;

export function createPlaceAnswers<Answer>(clock: Pick<Clock, 'now'>): PlaceAnswers<Answer> {
	/** The oldest first. */
	const known = new Map<string, Asked<Answer>>();

	function recall(key: string): Asked<Answer> | null {
		for (const [old, { askedAtMs }] of known) {
			if (askedAtMs > clock.now() - keptMs) break;
			known.delete(old);
		}
		return known.get(key) ?? null;
	}

	function begin(key: string, subject: PlaceSubject, ask: (signal: AbortSignal) => Promise<Answer>): Asked<Answer> {
		const asked = { subject, askedAtMs: clock.now(), answer: ask(AbortSignal.timeout(patienceMs)), isDoubted: false };
		known.set(key, asked);
		// Nobody is told later that it failed.
		asked.answer.catch(() => known.get(key) === asked && known.delete(key));
		return asked;
	}

	return {
		async find(subject, ask, signal) {
			const { platform, tenantId, channelId, account } = subject;
			const key = [platform, tenantId, channelId, account?.tenantId, account?.accountId].join('\n');
			for (let attempt = 0; attempt < attempts; attempt++) {
				const asked = recall(key) ?? begin(key, subject, ask);
				const answer = await unlessAborted(
					asked.answer.catch(() => null),
					signal,
					() => new BotError('CANCELLED', 'what a platform says of a place was not waited for'),
				);
				if (answer === null || !asked.isDoubted) return answer;
			}
			return null;
		},
		forget({ platform, channelId, accountId }) {
			const isAll = channelId === undefined && accountId === undefined;
			for (const [key, asked] of known) {
				const { subject } = asked;
				const isMeant = isAll || subject.channelId === channelId || (subject.account !== null && subject.account.accountId === accountId);
				if (subject.platform !== platform || !isMeant) continue;
				asked.isDoubted = true;
				known.delete(key);
			}
		},
	};
}
