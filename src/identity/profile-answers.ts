/** What the platform answers about somebody, by whichever road is the soonest, each answer with the time at which it was asked for. */

import type { Clock } from '../clock.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform, Profile } from '../platform/chat-platform.ts';
import type { RecalledProfile } from '../platform/directory.ts';
import type { Place } from '../platform/place.ts';
import type { AskPlatform } from './ask-platform.ts';
import type { Findings } from './identity-store.ts';

/** Where and when somebody was met, and what the event told of them. */
export interface Meeting {
	place: Place;
	locale?: string | undefined;
	/** Where the person is now, as an event tells it. */
	timeZone?: string | undefined;
	/** ISO 8601. */
	occurredAt?: string | undefined;
	/** Counts as the platform's answer to a question of that time, while that is recent. It lifts no restriction: then the platform is asked. */
	profile?: Profile | undefined;
}

/** Whom the platform is asked for, and what was known then. */
export interface Asked {
	actor: Actor;
	meeting: Meeting;
	findings: Findings;
	/** When that had been found, by the clock. */
	foundAtMs: number;
}

/** What the platform said of somebody. */
export interface ProfileAnswer {
	profile: Profile;
	/** By the database's clock, ISO 8601. */
	askedAt: string;
	/** Asked for now, and for them alone: there is nothing better to be had. */
	isLast: boolean;
}

export interface ProfileAnswers {
	/** Those that need no question, the best first: what came with the event, and what was answered about many at once. */
	atHand(platform: ChatPlatform, asked: Asked): ProfileAnswer[];
	/** Asks; or takes what arrives about many at once meanwhile, so that nobody waits for their turn in vain. */
	soonest(platform: ChatPlatform, asked: Asked, signal: AbortSignal): Promise<ProfileAnswer>;
	/** Asks. All three @throws BotError as `AskPlatform`. */
	alone(platform: ChatPlatform, asked: Asked, signal: AbortSignal): Promise<ProfileAnswer>;
}

/** What an event tells of a person is that old at most, and the platform's clock no further from ours than this. */
const recentMs = 60_000;
const skewMs = 5_000;
/** How old an answer about many at once may be: it then counts for five minutes more, until everything that was answered is asked for again. */
const toldTogetherMs = 10 * 60_000;

/** Longer than it takes to find somebody and to ask without a wait. */
const waitedMs = 1_000;

export interface ProfileAnswersDependencies {
	clock: Clock;
	ask: AskPlatform;
	/** The time by the database's clock, ISO 8601. */
	moment: () => Promise<string>;
}

export function createProfileAnswers({ clock, ask, moment }: ProfileAnswersDependencies): ProfileAnswers {
	/** What came with the event, and from when it is; null where that is not enough. */
	function brought({ meeting, findings }: Asked): ProfileAnswer | null {
		const { profile, occurredAt = '' } = meeting;
		const ageMs = clock.now() - Date.parse(occurredAt);
		if (profile === undefined || !(ageMs < recentMs && ageMs > -skewMs)) return null;
		return answer(profile, Date.parse(findings.foundAt) - Math.max(ageMs, 0) - skewMs);
	}

	function recalled({ profile, ageMs }: RecalledProfile, { findings, foundAtMs }: Asked): ProfileAnswer {
		const sinceFoundMs = clock.now() - ageMs - foundAtMs;
		return answer(profile, Date.parse(findings.foundAt) + sinceFoundMs);
	}

	async function alone(
		platform: ChatPlatform,
		{ actor, meeting, findings, foundAtMs }: Asked,
		signal: AbortSignal,
	): Promise<ProfileAnswer> {
		const { place } = meeting;
		let askedAt = findings.foundAt;
		const profile = await ask({ platform, place, about: 'person' }, signal, async () => {
			// What the platform told while this waited for its turn is older than the answer.
			if (clock.now() - foundAtMs > waitedMs) askedAt = await moment();
			return await platform.fetchProfile(actor, place, signal);
		});
		return { profile, askedAt, isLast: true };
	}

	return {
		atHand(platform, asked) {
			if (isRestricted(asked)) return [];
			const told = platform.directory?.recall(asked.actor, toldTogetherMs) ?? null;
			return [brought(asked), told === null ? null : recalled(told, asked)].filter((one) => one !== null);
		},
		async soonest(platform, asked, signal) {
			const { directory } = platform;
			// What is at hand was not enough.
			const isAtHand = directory === undefined || directory.recall(asked.actor, toldTogetherMs) !== null;
			if (isAtHand || isRestricted(asked)) return await alone(platform, asked, signal);
			const answered = new AbortController();
			const until = AbortSignal.any([answered.signal, signal]);
			try {
				const arrival = directory.arrival(asked.actor, toldTogetherMs, until);
				return await Promise.race([alone(platform, asked, until), arrival.then((told) => recalled(told, asked))]);
			} finally {
				answered.abort();
			}
		},
		alone,
	};
}

function answer(profile: Profile, askedAtMs: number): ProfileAnswer {
	return { profile, askedAt: new Date(askedAtMs).toISOString(), isLast: false };
}

/** What did not have to be asked for lifts no restriction. */
function isRestricted({ findings: { account } }: Asked): boolean {
	return account !== null && (account.isGuest || account.isExternal || account.isDeactivated);
}
