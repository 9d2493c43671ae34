/** What each person may use, and what they have used of it. */

import type { UserRole } from '../database/roles.ts';
import type { Place } from '../platform/place.ts';
import type { Count, Counters } from './counters.ts';
import type { AllLimits, LimitName, LimitValues } from './limit-values.ts';
import type { LimitRefusal } from './refusal.ts';
import { stricterLimits } from './stricter-limits.ts';

export interface LimitsDependencies {
	counters: Counters;
	/** What holds where neither the person nor their role has a limit of their own. */
	standard: (role: UserRole) => AllLimits;
	observeRefusal: (limit: LimitName | 'channelTokensPerDay') => void;
}

/** Threads of a channel count as the channel. */
type CountedChannel = Pick<Place, 'platform' | 'tenantId' | 'channelId' | 'kind'>;

/** A question that somebody wants answered. */
export interface LimitedRequest {
	/** Length of its text. */
	characters: number;
	/** The model that would answer. */
	model: string;
}

export interface Quota {
	allowed: AllLimits;
	used: Record<CountedLimit, Count>;
}

export interface LimitedPerson {
	userId: string;
	role: UserRole;
	/** What their role and they themselves may use, where an administrator said so. */
	limits: LimitValues;
	/** What holds beside all other limits, because it came along with an account. */
	ceilings?: LimitValues;
	/** Under whose `userId` what they use is counted, when not under their own. */
	countsAs?: string;
}

/** What stands against a file: its size, or how many there were. */
export type FileLimit = 'uploadBytes' | 'uploadsPerDay';

type CountedLimit = 'requestsPerMinute' | 'tokensPerDay' | 'uploadsPerDay';

/** None of these ever rejects, and none waits for Redis longer than its answers may take (about 50 ms each). */
export interface Limits {
	/**
	 * Counts the request and returns null, or counts nothing and says what stands against it. Call it once for a question,
	 * before its answer is begun; an answer that was begun goes on without asking again, also in another process.
	 */
	admit(person: LimitedPerson, request: LimitedRequest): Promise<LimitRefusal | null>;
	/** The same for one file that is to be kept, of so many bytes; null where the platform does not tell. @returns which limit stands against it. */
	admitFile(person: LimitedPerson, sizeBytes: number | null): Promise<FileLimit | null>;
	/** The largest file that this person may give; null is no limit. */
	uploadBytes(person: LimitedPerson): number | null;
	/** What all who ask in the channel have used together today, of what they may. Counts nothing. @returns null where one more question may be asked. */
	admitIn(channel: CountedChannel, tokensPerDay: number): Promise<{ backInMs: number } | null>;
	/** Counts tokens that were used for this person, also beyond their limit, and for the channel that they asked in. */
	charge(person: LimitedPerson, tokens: number, channel?: CountedChannel): Promise<void>;
	quota(person: LimitedPerson): Promise<Quota>;
	mayUse(person: LimitedPerson, kind: 'models' | 'tools', name: string): boolean;
	/**
	 * Counts one private word to this person, and says whether it may be sent. Each takes a call of the platform that others need too: whoever
	 * makes the bot say more of them than anybody reads gets silence until the minute is over.
	 */
	mayBeTold(person: Pick<LimitedPerson, 'userId' | 'countsAs'>): Promise<boolean>;
	/** Adds what was used under one id to what was used under another: they are one person from now on. */
	bringTogether(fromId: string, toId: string): Promise<void>;
	/** The most answers that may be under way for this person at the same time, waiting ones included; null is no limit. */
	inFlightLimit(person: LimitedPerson): number | null;
}

const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;
/** One a second is more than anybody reads. */
const privateWordsPerMinute = 60;

const countedLimits = ['tokensPerDay', 'uploadsPerDay', 'requestsPerMinute'] as const;

export function createLimits({ counters, standard, observeRefusal }: LimitsDependencies): Limits {
	// Keyed by user, so that linked accounts share them, and apart from the limits, so that a changed limit forgets nothing.
	const counts = {
		requestsPerMinute: counters.open('requests', minuteMs),
		tokensPerDay: counters.open('tokens', dayMs),
		uploadsPerDay: counters.open('uploads', dayMs),
	};
	const channelTokens = counters.open('channel-tokens', dayMs);
	const privateWords = counters.open('words', minuteMs);

	function allowedTo({ role, limits, ceilings = {} }: LimitedPerson): AllLimits {
		const own = Object.entries(limits).filter(([, value]) => value !== undefined);
		const allowed: AllLimits = { ...standard(role), ...Object.fromEntries(own) };
		// None is missing: what either has, both together have.
		return stricterLimits(allowed, ceilings) as AllLimits;
	}

	async function readAll(userId: string): Promise<Record<CountedLimit, Count>> {
		const [requestsPerMinute, tokensPerDay, uploadsPerDay] = await Promise.all([
			counts.requestsPerMinute.read(userId),
			counts.tokensPerDay.read(userId),
			counts.uploadsPerDay.read(userId),
		]);
		return { requestsPerMinute, tokensPerDay, uploadsPerDay };
	}

	/** Looks first: in an ordinary refusal nothing is written anywhere. */
	async function admitCounted(userId: string, allowed: AllLimits): Promise<LimitRefusal | null> {
		const used = await readAll(userId);
		// The limit that lasts longest comes first: when both are full, it is the one to hear of. Nobody knows what an answer will cost: it may begin
		// while there is anything left.
		return (
			refusedBy('tokensPerDay', allowed, used.tokensPerDay) ??
			refusedBy('requestsPerMinute', allowed, used.requestsPerMinute) ??
			(await take(userId, 'requestsPerMinute', allowed))
		);
	}

	async function admitUpload(userId: string, allowed: AllLimits): Promise<FileLimit | null> {
		const used = await counts.uploadsPerDay.read(userId);
		const refusal = refusedBy('uploadsPerDay', allowed, used) ?? (await take(userId, 'uploadsPerDay', allowed));
		return refusal?.limit ?? null;
	}

	/** Counts, and takes it back when others of the same person's requests were faster meanwhile. */
	async function take<Limit extends CountedLimit>(userId: string, limit: Limit, allowed: AllLimits) {
		const { used, resetInMs } = await counts[limit].add(userId, 1);
		const refusal = refusedBy(limit, allowed, { used: used - 1, resetInMs });
		if (refusal !== null) await counts[limit].giveBack(userId, 1);
		return refusal;
	}

	return {
		async admit(person, request) {
			const allowed = allowedTo(person);
			const refusal = refusedForItself(allowed, request) ?? (await admitCounted(countedAs(person), allowed));
			if (refusal !== null) observeRefusal(refusal.limit);
			return refusal;
		},
		async admitFile(person, sizeBytes) {
			const allowed = allowedTo(person);
			const isTooLarge = allowed.uploadBytes !== null && (sizeBytes ?? 0) > allowed.uploadBytes;
			const limit = isTooLarge ? 'uploadBytes' : await admitUpload(countedAs(person), allowed);
			if (limit !== null) observeRefusal(limit);
			return limit;
		},
		uploadBytes: (person) => allowedTo(person).uploadBytes,
		async admitIn(channel, allowed) {
			const { used, resetInMs } = await channelTokens.read(keyOf(channel));
			if (used < allowed) return null;
			observeRefusal('channelTokensPerDay');
			return { backInMs: resetInMs };
		},
		async charge(person, tokens, channel) {
			if (tokens <= 0) return;
			const counted = [counts.tokensPerDay.add(countedAs(person), Math.ceil(tokens))];
			if (channel !== undefined && channel.kind !== 'direct') counted.push(channelTokens.add(keyOf(channel), Math.ceil(tokens)));
			await Promise.all(counted);
		},
		quota: async (person) => ({ allowed: allowedTo(person), used: await readAll(countedAs(person)) }),
		mayUse: (person, kind, name) => isAmong(allowedTo(person)[kind], name),
		mayBeTold: async (person) => (await privateWords.add(countedAs(person), 1)).used <= privateWordsPerMinute,
		async bringTogether(fromId, toId) {
			const used = await readAll(fromId);
			await Promise.all(countedLimits.map(async (limit) => used[limit].used > 0 && (await counts[limit].add(toId, used[limit].used))));
		},
		inFlightLimit: (person) => allowedTo(person).repliesInFlight,
	};
}

function countedAs({ userId, countsAs = userId }: Pick<LimitedPerson, 'userId' | 'countsAs'>): string {
	return countsAs;
}

function keyOf({ platform, tenantId, channelId }: CountedChannel): string {
	return [platform, tenantId, channelId].map(encodeURIComponent).join(':');
}

/** What would be refused at any time. */
function refusedForItself(allowed: AllLimits, { characters, model }: LimitedRequest): LimitRefusal | null {
	if (allowed.models !== null && !isAmong(allowed.models, model)) return { limit: 'models', wanted: model, allowed: allowed.models };
	if (allowed.messageCharacters !== null && characters > allowed.messageCharacters) {
		return { limit: 'messageCharacters', allowed: allowed.messageCharacters, size: characters };
	}
	return null;
}

function refusedBy<Limit extends CountedLimit>(limit: Limit, allowances: AllLimits, { used, resetInMs }: Count) {
	const allowed: number | null = allowances[limit];
	if (allowed === null || used < allowed) return null;
	// What does not fit into an empty count never will.
	return { limit, allowed, backInMs: allowed === 0 ? null : resetInMs };
}

function isAmong(names: readonly string[] | null, name: string): boolean {
	return names === null || names.includes(name);
}
