/** Who may read a place, by the platform's word of the last minute. Whoever reads for somebody asks here first. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import { type PlaceAudience, unknownAudience } from '../platform/audience.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { parseObject } from '../platform/untrusted-json.ts';
import type { Signals } from '../redis/signals.ts';
import { createAskPlatform } from './ask-platform.ts';
import { createPlaceAnswers, type MembershipChange } from './place-answers.ts';
import type { ToldAccounts } from './told-accounts.ts';

export interface Memberships {
	/** False too when nobody can say: nobody is let in on missing data. @throws BotError `CANCELLED`. */
	isMember(platform: ChatPlatform, place: Place, actor: Actor, signal: AbortSignal): Promise<boolean>;
	/** Of a channel or a group, whatever the thread; `unknownAudience` when nobody can say. @throws BotError `CANCELLED`. */
	audienceOf(platform: ChatPlatform, place: Place, signal: AbortSignal): Promise<PlaceAudience>;
	/** Forgets, here and in every other process, what a change may have made untrue. Never rejects. */
	forget(change: MembershipChange): Promise<void>;
	/** Begins to listen to the other processes. */
	listen(): Promise<void>;
}

export interface MembershipDependencies {
	clock: Clock;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	signals: Signals;
	told: ToldAccounts;
}

const channel = 'forget-members';

export function createMemberships({ clock, pacers, signals, told }: MembershipDependencies): Memberships {
	const ask = createAskPlatform({ clock, pacers });
	const members = createPlaceAnswers<ReadonlySet<string>>(clock);
	const audiences = createPlaceAnswers<PlaceAudience>(clock);

	function forgetHere(change: MembershipChange): void {
		members.forget(change);
		// Where else an account was is not named.
		audiences.forget(change.accountId === undefined ? change : { platform: change.platform });
	}

	/** Null when nobody can say. */
	async function membersOf(platform: ChatPlatform, place: Place, actor: Actor, signal: AbortSignal): Promise<ReadonlySet<string> | null> {
		const subject = { ...subjectOf(platform, place), account: platform.capabilities.listsMembers ? null : actor };
		const question = { platform, place, about: 'members' } as const;
		return await members.find(subject, (patience) => ask(question, patience, () => platform.fetchMembers(place, actor, patience)), signal);
	}

	/** Where everybody is listed, whoever asked who is there has asked for half of it. */
	async function askAudience(platform: ChatPlatform, place: Place, patience: AbortSignal): Promise<PlaceAudience> {
		if (!platform.capabilities.listsMembers)
			return await ask({ platform, place, about: 'members' }, patience, () => fetchAudience(platform, place, undefined, patience));
		const memberIds = await membersOf(platform, place, { tenantId: place.tenantId, accountId: '' }, patience);
		if (memberIds === null) throw new BotError('NOT_FOUND', 'nobody says who is in a place');
		return await ask({ platform, place, about: 'place' }, patience, () => fetchAudience(platform, place, memberIds, patience));
	}

	/** Platforms tell one process only: what the directory of this one says of whoever was told of since is asked for anew. */
	async function fetchAudience(
		platform: ChatPlatform,
		place: Place,
		memberIds: ReadonlySet<string> | undefined,
		patience: AbortSignal,
	): Promise<PlaceAudience> {
		const audience = await platform.fetchAudience(place, patience, memberIds);
		const { directory, name } = platform;
		if (directory === undefined || audience.hasOutsiders || audience.accountIds === null) return audience;
		const readers = Array.from(audience.accountIds, (accountId) => ({ platform: name, tenantId: place.tenantId, accountId }));
		const toldAgoMs = await told(readers);
		const outdated = readers.filter((reader) => {
			const agoMs = toldAgoMs.get(reader.accountId);
			return agoMs !== undefined && (directory.recall(reader, Number.POSITIVE_INFINITY)?.ageMs ?? 0) >= agoMs;
		});
		if (outdated.length === 0) return audience;
		for (const reader of outdated) directory.forget(reader);
		return await platform.fetchAudience(place, patience, memberIds);
	}

	return {
		async isMember(platform, place, actor, signal) {
			// Nobody can say who that would be here.
			if ((actor.platform ?? platform.name) !== platform.name) return false;
			return (await membersOf(platform, place, actor, signal))?.has(actor.accountId) ?? false;
		},
		async audienceOf(platform, place, signal) {
			const subject = { ...subjectOf(platform, place), account: null };
			return (await audiences.find(subject, (patience) => askAudience(platform, place, patience), signal)) ?? unknownAudience;
		},
		async forget(change) {
			forgetHere(change);
			// Where the others cannot be told, what they know is a minute old at most.
			await signals.publish(channel, JSON.stringify(change)).catch(() => {});
		},
		async listen() {
			await signals.subscribe(channel, (text) => {
				const change = readChange(text);
				if (change !== null) forgetHere(change);
			});
		},
	};
}

function subjectOf({ name }: ChatPlatform, { tenantId, channelId }: Place) {
	return { platform: name, tenantId, channelId };
}

/** Whoever reaches Redis can publish anything: what is no change is none. */
function readChange(text: string): MembershipChange | null {
	const { platform, channelId, accountId } = parseObject(text) ?? {};
	if (typeof platform !== 'string') return null;
	return {
		platform,
		...(typeof channelId === 'string' ? { channelId } : {}),
		...(typeof accountId === 'string' ? { accountId } : {}),
	};
}
