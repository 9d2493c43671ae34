/** Who is in the workspace: read in pages when the program starts and every few minutes, so that nobody has to be asked for alone. */

import type { Clock } from '#src/clock.ts';
import { toBotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import { type Accounts, createAccounts, type Directory } from '#src/platform/directory.ts';
import type { Profile } from '#src/platform/profile.ts';
import { asObject, asObjects, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackCall, SlackLogger } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';
import { readId } from './id.ts';
import { readProfile } from './people.ts';

export interface SlackDirectory extends Directory, Pick<Accounts, 'doubt' | 'nameOf'> {
	/** Begins to read, once it is known who we are. Does nothing when it has begun. */
	start(): void;
	stop(): void;
}

export interface SlackDirectoryDependencies {
	call: SlackCall;
	identity: () => SlackIdentity | null;
	clock: Clock;
	logger: Pick<SlackLogger, 'warn'>;
}

/** "users.list" gives up to 1,000; half of that is a megabyte of JSON, whose parsing holds the program up for some ten milliseconds. */
const pageSize = 500;
/** "users.list" is of tier 2: 20 calls a minute, of which another process of the same app may need the other half. */
const pagesPerMinute = 10;
const minuteMs = 60_000;
/** Half as long as the core lets such an answer count, so that there always is one. */
const readEveryMs = 5 * minuteMs;
/** When a crowd is missed: people who are new or were changed, as on the day on which a company gets its accounts. */
const readAgainMs = 10_000;
/** So many people in a minute are a crowd; fewer are sooner asked for alone. */
const crowd = 5;
/** How often one page is asked for, and how long to wait in between when Slack does not say. */
const attempts = 5;
const retryMs = 5_000;

export function createDirectory({ call, identity, clock, logger }: SlackDirectoryDependencies): SlackDirectory {
	const accounts = createAccounts({ clock });
	const stopped = new AbortController();
	const { signal } = stopped;
	let askedAtMs: number[] = [];
	let hasStarted = false;
	let hasWarned = false;
	/** Who was missed since the last reading began, and when. */
	let missedAtMs = new Map<string, number>();
	let wakeUp = () => {};

	async function readAll(own: SlackIdentity): Promise<void> {
		let cursor = '';
		do {
			cursor = await readPage(own, cursor);
		} while (cursor !== '');
	}

	/** @returns the cursor of the next page; empty after the last. */
	async function readPage(own: SlackIdentity, cursor: string): Promise<string> {
		for (let attempt = 1; ; attempt++) {
			await waitForTurn();
			try {
				return await ask(own, cursor);
			} catch (thrown) {
				const error = toBotError(thrown);
				if (!error.retryable || attempt >= attempts) throw error;
				await clock.wait(error.retryAfterMs ?? retryMs, signal);
			}
		}
	}

	async function ask(own: SlackIdentity, cursor: string): Promise<string> {
		const startMs = clock.now();
		askedAtMs.push(startMs);
		const page = cursor === '' ? {} : { cursor };
		const answer = await call('users.list', { limit: pageSize, include_locale: true, ...page }, signal);
		const profiles = asObjects(answer['members']).map((user) =>
			readProfile(user, { tenantId: own.teamId, accountId: readId(user['id']) }, own),
		);
		// Of whoever is known already the newest answer counts, whatever it is.
		accounts.learn(
			profiles.filter((profile) => isWorthKeeping(profile) || accounts.nameOf(profile) !== null),
			startMs,
		);
		return textOf(asObject(answer['response_metadata'])['next_cursor']);
	}

	async function waitForTurn(): Promise<void> {
		askedAtMs = askedAtMs.slice(-pagesPerMinute);
		const oldest = askedAtMs.length < pagesPerMinute ? undefined : askedAtMs[0];
		if (oldest !== undefined) await clock.wait(oldest + minuteMs - clock.now(), signal);
	}

	async function readForEver(): Promise<void> {
		while (!signal.aborted) {
			const beganAtMs = clock.now();
			missedAtMs = new Map();
			const pauseMs = await readAll(identity() ?? notConnected()).then(() => readEveryMs, pauseAfter);
			await rest(beganAtMs, pauseMs).catch(() => {});
		}
	}

	/** What Slack refuses once it refuses again. */
	function pauseAfter(thrown: unknown): number {
		const { code, reason = code } = toBotError(thrown);
		if (code !== 'PLATFORM_REJECTED') return minuteMs;
		if (!hasWarned) logger.warn(`Slack does not list the workspace's people (${reason}): each is asked for alone; see npm run doctor`);
		hasWarned = true;
		return readEveryMs;
	}

	/** Counts from the beginning of a reading; shorter when a crowd is missed. */
	async function rest(beganAtMs: number, pauseMs: number): Promise<void> {
		await clock.wait(beganAtMs + readAgainMs - clock.now(), signal);
		const woken = new AbortController();
		wakeUp = () => woken.abort();
		if (missedAtMs.size < crowd) await clock.wait(beganAtMs + pauseMs - clock.now(), AbortSignal.any([woken.signal, signal]));
	}

	function noteIfMissed<Found>(actor: Actor, found: Found): Found {
		if (found !== null || actor.tenantId !== identity()?.teamId) return found;
		for (const [accountId, atMs] of missedAtMs) if (atMs <= clock.now() - minuteMs) missedAtMs.delete(accountId);
		missedAtMs.set(actor.accountId, clock.now());
		if (missedAtMs.size >= crowd) wakeUp();
		return found;
	}

	return {
		recall: (actor, withinMs) => noteIfMissed(actor, accounts.recall(actor, withinMs)),
		arrival: accounts.arrival,
		forget: accounts.forget,
		// Wherever an event says that they are at home, the list has them as people of this workspace.
		doubt: (profile) => accounts.doubt({ ...profile, tenantId: identity()?.teamId ?? profile.tenantId }),
		nameOf: accounts.nameOf,
		start() {
			if (hasStarted) return;
			hasStarted = true;
			void readForEver();
		},
		stop: () => stopped.abort(),
	};
}

/** Closed accounts write and read nothing, and of other companies' people the list says little. Should they write, they are asked for. */
function isWorthKeeping({ accountId, isDeactivated, isExternal }: Profile): boolean {
	return accountId !== '' && !isDeactivated && !isExternal;
}
