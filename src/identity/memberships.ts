/** Whether an account may read a place, by the platform's word of the last minute. Whoever reads for somebody asks here first. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { parseObject } from '../platform/untrusted-json.ts';
import type { Signals } from '../redis/signals.ts';
import { unlessAborted } from '../waiting.ts';
import { type AskPlatform, createAskPlatform } from './ask-platform.ts';

export interface Memberships {
	/** False too when nobody can say: nobody is let in on missing data. @throws BotError `CANCELLED`. */
	isMember(platform: ChatPlatform, place: Place, actor: Actor, signal: AbortSignal): Promise<boolean>;
	/** Forgets, here and in every other process, what a change may have made untrue. Never rejects. */
	forget(change: MembershipChange): Promise<void>;
	/** Begins to listen to the other processes. */
	listen(): Promise<void>;
}

/** What was said of this channel, and of this account wherever it is asked about alone; with neither, of everybody on the platform. */
export interface MembershipChange {
	platform: string;
	channelId?: string;
	accountId?: string;
}

/** A question to the platform, and its answer as soon as there is one. */
interface Told {
	platform: string;
	channelId: string;
	/** Null when it is about everybody in the place. */
	accountId: string | null;
	askedAtMs: number;
	members: Promise<ReadonlySet<string>>;
	/** Something changed since it was asked. */
	isDoubted: boolean;
}

export interface MembershipDependencies {
	clock: Clock;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	signals: Signals;
}

/** How long somebody may go on reading where they were taken out, when nobody tells of that. */
const keptMs = 60_000;
/** A question is shared by all who have it, so none of them ends it; it ends by itself. */
const patienceMs = 10_000;
/** Whoever asks while people come and go is told no in the end. */
const attempts = 3;
const channel = 'forget-members';

export function createMemberships({ clock, pacers, signals }: MembershipDependencies): Memberships {
	const ask: AskPlatform = createAskPlatform({ clock, pacers });
	/** The oldest first. */
	const answers = new Map<string, Told>();

	function recall(key: string): Told | null {
		for (const [old, { askedAtMs }] of answers) {
			if (askedAtMs > clock.now() - keptMs) break;
			answers.delete(old);
		}
		return answers.get(key) ?? null;
	}

	function begin(platform: ChatPlatform, place: Place, actor: Actor, key: string): Told {
		const patience = AbortSignal.timeout(patienceMs);
		const told: Told = {
			platform: platform.name,
			channelId: place.channelId,
			accountId: platform.capabilities.listsMembers ? null : actor.accountId,
			askedAtMs: clock.now(),
			members: ask({ platform, place, about: 'members' }, patience, () => platform.fetchMembers(place, actor, patience)),
			isDoubted: false,
		};
		answers.set(key, told);
		// Nobody is told later that it failed.
		told.members.catch(() => answers.get(key) === told && answers.delete(key));
		return told;
	}

	function forgetHere({ platform, channelId, accountId }: MembershipChange): void {
		const isAll = channelId === undefined && accountId === undefined;
		for (const [key, told] of answers) {
			const isMeant = isAll || told.channelId === channelId || (told.accountId !== null && told.accountId === accountId);
			if (told.platform !== platform || !isMeant) continue;
			told.isDoubted = true;
			answers.delete(key);
		}
	}

	return {
		async isMember(platform, place, actor, signal) {
			// Nobody can say who that would be here.
			if ((actor.platform ?? platform.name) !== platform.name) return false;
			const whom = platform.capabilities.listsMembers ? '' : `${actor.tenantId} ${actor.accountId}`;
			const key = [platform.name, place.tenantId, place.channelId, whom].join('\n');
			for (let attempt = 0; attempt < attempts; attempt++) {
				const told = recall(key) ?? begin(platform, place, actor, key);
				const members = await unlessAborted(
					told.members.catch(() => null),
					signal,
					() => new BotError('CANCELLED', 'a membership was not waited for'),
				);
				if (members === null) return false;
				if (!told.isDoubted) return members.has(actor.accountId);
			}
			return false;
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
