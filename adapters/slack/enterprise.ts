/** The other workspaces of our company, in an Enterprise Grid: learnt from what Slack says of people who are met as theirs. */

import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import { asObject } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import type { SlackIdentity } from './connection.ts';
import { type Home, teamsOf, unseenErrors } from './people.ts';

export interface Enterprise {
	/** Who we are, with the sister workspaces that are known. Null until Slack has answered. */
	identity(): SlackIdentity | null;
	/**
	 * Asks Slack about whoever was met as somebody of a workspace that is not known. An event alone makes no workspace ours: in a channel
	 * that companies share it may say anything.
	 * @returns whether that workspace is known as ours now. @throws BotError as `SlackCall`: then nobody can be told apart.
	 */
	learn(actor: Actor): Promise<boolean>;
}

export interface EnterpriseDependencies {
	call: SlackCall;
	identity: () => SlackIdentity | null;
	clock: Clock;
}

interface Asked {
	atMs: number;
	answer: Promise<boolean>;
}

/** Somebody of another company is not asked about again for so long. */
const keptMs = 60 * 60_000;
/** As many strangers as are remembered; a channel that is shared with another company has some dozens. */
const mostKept = 1_000;
/** Slack waits three seconds for an event to be taken ("Events API"). */
const patienceMs = 2_500;

export function createEnterprise({ call, identity, clock }: EnterpriseDependencies): Enterprise {
	const sisterTeams = new Set<string>();
	/** By account, the oldest first. */
	const asked = new Map<string, Asked>();

	async function ask({ tenantId, accountId }: Actor, own: Home): Promise<boolean> {
		const teams = await call('users.info', { user: accountId }, AbortSignal.timeout(patienceMs)).then(
			(answer) => teamsOf(asObject(answer['user']), own),
			(thrown) => {
				if (thrown instanceof BotError && unseenErrors.has(thrown.reason ?? '')) return new Set<string>();
				throw thrown;
			},
		);
		if (!teams.has(tenantId)) return false;
		for (const team of teams) sisterTeams.add(team);
		return true;
	}

	return {
		identity() {
			const own = identity();
			return own === null ? null : { ...own, sisterTeams };
		},
		async learn(actor) {
			const own = identity();
			if (own?.enterpriseId === undefined || actor.tenantId === own.teamId) return false;
			const key = `${actor.tenantId}:${actor.accountId}`;
			const known = asked.get(key);
			if (known !== undefined && known.atMs > clock.now() - keptMs) return await known.answer;
			const asking = { atMs: clock.now(), answer: ask(actor, own) };
			asked.delete(key);
			asked.set(key, asking);
			const [oldest] = asked.keys();
			if (asked.size > mostKept && oldest !== undefined) asked.delete(oldest);
			// A failure is told to those who wait for it, and to nobody later.
			asking.answer.catch(() => asked.get(key) === asking && asked.delete(key));
			return await asking.answer;
		},
	};
}
