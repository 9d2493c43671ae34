/** Which user groups somebody is in: one list of all groups, kept for a minute and shared by everybody who asks. */

import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { asObjects } from '#src/platform/untrusted-json.ts';
import { type SlackAnswer, type SlackCall, type SlackLogger, unlessAbandoned } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';
import { readId } from './id.ts';

export interface Groups extends Pick<ChatPlatform, 'fetchGroups'> {
	/** Somebody joined or left a group: what is kept does not count any more. */
	forget(): void;
}

export interface GroupsDependencies {
	call: SlackCall;
	identity: () => SlackIdentity | null;
	clock: Clock;
	logger: Pick<SlackLogger, 'warn'>;
}

/** The ids of the groups of each person, by account id. Null: Slack does not tell. */
type Memberships = ReadonlyMap<string, readonly string[]> | null;

interface Kept {
	memberships: Promise<Memberships>;
	askedAtMs: number;
}

const minuteMs = 60_000;
/** Slack tells only one process of each change, so that the others learn of it by this. */
const keptMs = minuteMs;
/** "usergroups.list" is of tier 2: 20 calls a minute. A directory that is being synchronised changes faster than that. */
const askedPerMinute = 10;
/** "usergroups.list" and its errors: the scope is missing; the workspace's plan has no user groups; an administrator forbids it. */
export const untoldErrors: ReadonlySet<string> = new Set(['missing_scope', 'plan_upgrade_required', 'no_permission', 'access_denied']);

export function createGroups({ call, identity, clock, logger }: GroupsDependencies): Groups {
	let kept: Kept | null = null;
	let isOutdated = false;
	let askedAtMs: number[] = [];
	let hasWarned = false;

	async function list(): Promise<Memberships> {
		try {
			return readMemberships(await call('usergroups.list', { include_users: true }));
		} catch (thrown) {
			if (!(thrown instanceof BotError) || !untoldErrors.has(thrown.reason ?? '')) throw thrown;
			if (!hasWarned) logger.warn(`Slack does not tell the user groups (${thrown.reason}): roles cannot follow them; see npm run doctor`);
			hasWarned = true;
			return null;
		}
	}

	function ask(): Promise<Memberships> {
		const nowMs = clock.now();
		const asking: Kept = { memberships: list(), askedAtMs: nowMs };
		askedAtMs = [...askedAtMs.filter((atMs) => atMs > nowMs - minuteMs), nowMs];
		[kept, isOutdated] = [asking, false];
		// A failure is told to those who wait for it, and to nobody later.
		asking.memberships.catch(() => {
			if (kept === asking) kept = null;
		});
		return asking.memberships;
	}

	function memberships(): Promise<Memberships> {
		const nowMs = clock.now();
		if (kept === null || kept.askedAtMs <= nowMs - keptMs) return ask();
		const mayAsk = askedAtMs.filter((atMs) => atMs > nowMs - minuteMs).length < askedPerMinute;
		return isOutdated && mayAsk ? ask() : kept.memberships;
	}

	return {
		async fetchGroups(actor, _place, signal) {
			if (signal.aborted) throw new BotError('CANCELLED', 'usergroups.list was not called any more');
			const { teamId } = identity() ?? notConnected();
			const known = await unlessAbandoned(memberships(), 'usergroups.list', signal);
			if (known === null) return null;
			// The ids in the list are those of our own workspace.
			return actor.tenantId === teamId ? (known.get(actor.accountId) ?? []) : [];
		},
		forget() {
			isOutdated = true;
		},
	};
}

/** Without `include_disabled` there should be none that are not in use; Slack keeps the time at which one was given up. */
function readMemberships({ usergroups }: SlackAnswer): Memberships {
	const memberships = new Map<string, string[]>();
	for (const group of asObjects(usergroups)) {
		const groupId = readId(group['id']);
		const userIds = Array.isArray(group['users']) ? group['users'] : [];
		if (groupId === '' || (group['date_delete'] ?? 0) !== 0) continue;
		for (const userId of new Set(userIds))
			if (typeof userId === 'string') memberships.set(userId, [...(memberships.get(userId) ?? []), groupId]);
	}
	return memberships;
}
