/** What people, user groups, channels and apps are called, for texts that mention them and threads that have them by their ids. */

import type { Clock } from '#src/clock.ts';
import { toBotError } from '#src/errors.ts';
import { asObject, asObjects, textOf } from '#src/platform/untrusted-json.ts';
import { isInTime } from '#src/waiting.ts';
import type { SlackCall } from './client.ts';
import type { SlackIdentity } from './connection.ts';
import type { SlackDirectory } from './directory.ts';
import { decodeEntities } from './format.ts';
import { readId } from './id.ts';
import { nameIn } from './people.ts';

export interface Names {
	/**
	 * What `read` makes of a text once it has the names that it asks for, as far as they can be had within a second. It is called twice, the first
	 * time to hear what it asks for; when it asks for nothing, or nothing is known, once.
	 */
	fill<Result>(read: (names: ReadonlyMap<string, string>) => Result): Promise<Result>;
}

export interface NamesDependencies {
	call: SlackCall;
	identity: () => SlackIdentity | null;
	directory: Pick<SlackDirectory, 'nameOf'>;
	clock: Clock;
}

/** An event has to be acknowledged within three seconds ("Events API"), and most of them belong to the database. */
const patienceMs = 1_000;
/** Names are a courtesy to the model: nobody gets more look-ups for one text or thread. */
const mostNames = 20;
/** Whoever and whatever is called otherwise is so an hour later at the latest. What has no name, or none that we may know, is tried again sooner. */
const keptMs = 3_600_000;
const unknownKeptMs = 10 * 60_000;
const mostKept = 5_000;
const minuteMs = 60_000;
/** A part of what Slack takes in a minute: "users.info" is of tier 4 (100), "conversations.info" and "bots.info" of tier 3 (50), "usergroups.list" of tier 2 (20). */
const callsPerMinute: Readonly<Record<string, number>> = {
	'users.info': 20,
	'conversations.info': 10,
	'bots.info': 20,
	'usergroups.list': 2,
};

interface Kept {
	/** Null when it cannot be known. */
	name: string | null;
	untilMs: number;
}

export function createNames({ call, identity, directory, clock }: NamesDependencies): Names {
	const kept = new Map<string, Kept>();
	const asking = new Map<string, Promise<void>>();
	const calledAtMs = new Map<string, number[]>();
	/** Until when a group without a name is none that we know. */
	let groupsUntilMs = 0;

	function keep(id: string, name: string | null): void {
		kept.delete(id);
		kept.set(id, { name, untilMs: clock.now() + (name === null ? unknownKeptMs : keptMs) });
		const [oldest] = kept.keys();
		if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
	}

	function known(id: string): Kept | undefined {
		const name = isPerson(id) ? directory.nameOf({ tenantId: identity()?.teamId ?? '', accountId: id }) : null;
		if (name !== null) return { name, untilMs: Number.POSITIVE_INFINITY };
		const entry = kept.get(id) ?? (isGroup(id) ? { name: null, untilMs: groupsUntilMs } : undefined);
		return entry !== undefined && entry.untilMs > clock.now() ? entry : undefined;
	}

	/** False when Slack was asked so much in the last minute that others need the rest. */
	function mayCall(method: string): boolean {
		const lately = (calledAtMs.get(method) ?? []).filter((atMs) => atMs > clock.now() - minuteMs);
		const isFree = lately.length < (callsPerMinute[method] ?? 0);
		calledAtMs.set(method, isFree ? [...lately, clock.now()] : lately);
		return isFree;
	}

	async function askPerson(id: string): Promise<void> {
		const answer = await call('users.info', { user: id });
		keep(id, nameIn(asObject(answer['user'])) || null);
	}

	/** Who is not in a private channel is not told what it is called, and nobody knows who reads the answer. */
	async function askChannel(id: string): Promise<void> {
		const answer = await call('conversations.info', { channel: id });
		const channel = asObject(answer['channel']);
		keep(id, channel['is_private'] === false ? decodeEntities(textOf(channel['name'])) || null : null);
	}

	async function askApp(id: string): Promise<void> {
		const answer = await call('bots.info', { bot: id });
		keep(id, decodeEntities(textOf(asObject(answer['bot'])['name'])) || null);
	}

	/** All groups at once. */
	async function askGroups(): Promise<void> {
		const answer = await call('usergroups.list', {});
		groupsUntilMs = clock.now() + unknownKeptMs;
		for (const group of asObjects(answer['usergroups'])) keep(readId(group['id']), decodeEntities(textOf(group['handle'])) || null);
	}

	function askedFor(id: string): [method: string, carryOut: (id: string) => Promise<void>] {
		if (isPerson(id)) return ['users.info', askPerson];
		if (isGroup(id)) return ['usergroups.list', askGroups];
		return isApp(id) ? ['bots.info', askApp] : ['conversations.info', askChannel];
	}

	/** Questions about the same thing are one. Never rejects: what cannot be had has no name. */
	function ask(id: string): Promise<void> {
		const [method, carryOut] = askedFor(id);
		const key = isGroup(id) ? method : id;
		const running = asking.get(key);
		if (running !== undefined) return running;
		if (!mayCall(method)) return Promise.resolve();
		const asked = carryOut(id)
			.catch((thrown) => {
				// Slack will not say. Anything else goes by.
				if (toBotError(thrown).code !== 'PLATFORM_REJECTED') return;
				if (isGroup(id)) groupsUntilMs = clock.now() + unknownKeptMs;
				else keep(id, null);
			})
			.finally(() => asking.delete(key));
		asking.set(key, asked);
		return asked;
	}

	async function askAll(ids: readonly string[]): Promise<void> {
		const unknown = ids.filter((id) => known(id) === undefined).slice(0, mostNames);
		if (unknown.length === 0) return;
		await isInTime(clock, Promise.all(unknown.map(ask)), patienceMs);
	}

	return {
		async fill(read) {
			const wanted = new WantedNames();
			const unfilled = read(wanted);
			const ids = [...wanted.ids].filter((id) => isPerson(id) || isGroup(id) || isChannel(id) || isApp(id));
			if (ids.length === 0) return unfilled;
			await askAll(ids);
			const names = new Map(ids.flatMap((id) => nameOf(id, known(id)?.name ?? null)));
			return names.size === 0 ? unfilled : read(names);
		},
	};
}

/** A map of names that has none yet, and remembers which are looked for. */
class WantedNames extends Map<string, string> {
	readonly ids = new Set<string>();
	override get(id: string): undefined {
		this.ids.add(id);
	}
}

/** An id of a person tells at least that it is the same one again; those of groups, channels and apps tell nothing. */
function nameOf(id: string, name: string | null): [string, string][] {
	if (name !== null) return [[id, name]];
	return isPerson(id) ? [] : [[id, isGroup(id) ? 'a group' : isApp(id) ? 'an app' : 'a channel']];
}

function isPerson(id: string): boolean {
	return /^[UW][A-Z0-9]+$/.test(id);
}

function isGroup(id: string): boolean {
	return /^S[A-Z0-9]+$/.test(id);
}

function isChannel(id: string): boolean {
	return /^[CG][A-Z0-9]+$/.test(id);
}

function isApp(id: string): boolean {
	return /^B[A-Z0-9]+$/.test(id);
}
