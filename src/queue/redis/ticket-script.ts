/** The book of turns in Redis: one script, so that every operation is atomic and takes one round trip. Its parts lie in `lua/`. */

import { readScript } from '../../redis/script.ts';
import { HOME_MS, KEPT_MS, LEASE_MS, LEAST_COST, MOST_COST, NEWEST_WEIGHT, SCANNED_ENTRIES } from '../ticket-rules.ts';

/** The braces keep the keys of one queue together on one node of a Redis Cluster. */
export function ticketBase(queue: string): string {
	return `turns:{${queue}}`;
}

/** Where a process hears of its turns. Redis' client puts its prefix before keys only; the script gets it with the key. */
export function ticketChannel(prefix: string, queue: string, processId: string): string {
	return `${prefix}${ticketBase(queue)}:process:${processId}`;
}

/**
 * Key: the base. Under it:
 * - For each line `line:<model>:<priority>` two sorted sets, the line itself and `<line>:first` with those who go before it: who waits, in the order
 *   in which they are served. Members are `<number> <entry>`, so that equal scores go by arrival. The score is the number for `first`, else the tag
 *   (see `turn-line.ts`). `models`: those that have lines.
 * - `user:<line>:<user>`: the same members and tags, of one user. `debts:<line>`: the next tag of users without one waiting.
 * - `entry:<entry>`: a hash for each entry, waiting or running. `view:<process>`: its hosts. `own:<process>`: a hash of its entries, with what is
 *   asked for all of them at once: the number of the queue, its own and the model (`2 000000000017 gemma4:e4b`), or its host after a `+`, or `!` when
 *   it was recalled.
 * - `held:`, `silent:`, `streaming:<host>`: its running turns; all, those before the first token, those after it.
 * - `processes` by when they are taken for dead; `waiting` by when they entered; `waiters`: how many of each user; `inflight:<user>`: the
 *   user's entries, waiting and running; `learned`: slots of hosts; `home:<conversation>`: its host; `means`: by model, how long an answer takes;
 *   `numbers`: virtual times, state, the number given last.
 *
 * Arguments: process, operation, details as JSON. Answers {what the process hears, result}. Time is Redis' own.
 */
export const ticketScript = readScript(import.meta.url, {
	parts: ['begin', 'cost', 'hosts', 'line', 'entries', 'operations', 'end'].map((part) => `lua/${part}.lua`),
	constants: { LEASE: LEASE_MS, KEPT: KEPT_MS, HOME: HOME_MS, SCANNED: SCANNED_ENTRIES, LEAST_COST, MOST_COST, NEWEST_WEIGHT },
	numberOfKeys: 1,
});
