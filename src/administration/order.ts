/** What administrators can order, and how it is read from what they type. Pure. */

import { type Account, parseAccountReference } from '../identity/account.ts';
import type { LimitName } from '../limits/limit-values.ts';
import { limitNamed, readLimit, type TypedLimit } from './limit-terms.ts';
import { joined, joinedAsTyped, type TypedWord, typedWords } from './typed-words.ts';

/** A workspace, an organisation or a server on a platform. */
export interface Tenant {
	platform: string;
	tenantId: string;
}

export interface Group extends Tenant {
	groupId: string;
}

export type Outsiders = 'guests' | 'strangers';

/** People and roles are as they were typed: whether they exist, and whether a name can be one, shows when the order is carried out. */
export type Order =
	| { name: 'help' }
	| { name: 'grant'; person: string; role: string }
	| { name: 'revoke' | 'deactivate' | 'activate' | 'who'; person: string }
	| { name: 'roles' }
	| { name: 'role-create'; role: string; rank: number | null }
	| { name: 'role-drop'; role: string }
	| { name: 'map'; group: Group; role: string }
	| { name: 'unmap'; group: Group }
	| { name: 'admit'; whom: Admitted; role: string }
	| { name: 'dismiss'; whom: Admitted }
	| { name: 'limit'; target: string; isName: boolean; limit: LimitName; value: TypedLimit }
	| { name: 'match'; tenant: Tenant; domains: string[] }
	| { name: 'log'; count: number };

export type Admitted = { person: string } | { outsiders: Outsiders; tenant: Tenant };
export type OrderName = Order['name'];

/** Why what was typed is no order. `usage`: the order is there and does not go on like this. */
export type Misreading = { problem: 'unknown' } | { problem: 'usage' | 'limit-name' | 'limit-value' | 'domain'; order: OrderName };

type Reading = Order | Misreading;

/** How many entries of the log are shown unless it is said, and at most: more do not fit into one message. */
const usualEntries = 10;
const mostEntries = 50;

/** Host names ("RFC 1123", 2.1) with a dot in them: nobody's mail ends in a single word. */
const domainName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

const readers: Readonly<Record<OrderName, (words: TypedWord[]) => Reading | null>> = {
	help: (words) => (words.length === 0 ? { name: 'help' } : null),
	grant: (words) => {
		const read = personAndLast(words);
		return read === null ? null : { name: 'grant', person: read.person, role: read.last };
	},
	revoke: (words) => aboutPerson('revoke', words),
	deactivate: (words) => aboutPerson('deactivate', words),
	activate: (words) => aboutPerson('activate', words),
	who: (words) => aboutPerson('who', words),
	roles: (words) => (words.length === 0 ? { name: 'roles' } : null),
	'role-create': readRoleCreate,
	'role-drop': (words) => (words.length === 0 ? null : { name: 'role-drop', role: joinedAsTyped(words) }),
	map: ([first, ...rest]) => {
		const group = readGroup(first);
		return group === null || rest.length === 0 ? null : { name: 'map', group, role: joinedAsTyped(rest) };
	},
	unmap: ([first, ...rest]) => {
		const group = readGroup(first);
		return group === null || rest.length > 0 ? null : { name: 'unmap', group };
	},
	admit: readAdmit,
	dismiss: readDismiss,
	limit: readLimitOrder,
	match: readMatch,
	log: readLog,
};

/** Nothing typed asks for the list of orders. */
export function parseOrder(text: string): Order | Misreading {
	const words = typedWords(text);
	if (words.length === 0) return { name: 'help' };
	const found = orderNamed(words);
	if (found === null) return { problem: 'unknown' };
	return readers[found.name](found.rest) ?? { problem: 'usage', order: found.name };
}

/** Whether a sentence that begins with `admin` goes on as an order does, and not as one to be answered. */
export function beginsOrder(text: string): boolean {
	const words = typedWords(text);
	const found = orderNamed(words);
	if (found === null || text.trimEnd().endsWith('?')) return false;
	// After these anything could follow; the others want nothing, or a number.
	const isOpen = !['help', 'roles', 'log'].includes(found.name);
	return isOpen || readers[found.name](found.rest) !== null;
}

function orderNamed([first, second, ...others]: TypedWord[]): { name: OrderName; rest: TypedWord[] } | null {
	if (first === undefined || first.isQuoted) return null;
	const word = first.text.toLowerCase();
	const rest = second === undefined ? [] : [second, ...others];
	if (word !== 'role') return Object.hasOwn(readers, word) && !word.includes('-') ? { name: word as OrderName, rest } : null;
	const verb = second?.text.toLowerCase();
	return verb === 'create' || verb === 'drop' ? { name: `role-${verb}`, rest: others } : null;
}

function aboutPerson(name: 'revoke' | 'deactivate' | 'activate' | 'who', words: TypedWord[]): Order | null {
	const person = personAlone(words);
	return person === null ? null : { name, person };
}

/** A name may have several words where nothing else follows. */
function personAlone(words: TypedWord[]): string | null {
	const [first] = words;
	if (first === undefined || (isWhole(first) && words.length > 1)) return null;
	return joined(words);
}

/** A name without quotes goes up to the last word, which is something else. */
function personAndLast(words: TypedWord[]): { person: string; last: string } | null {
	const [first, ...rest] = words;
	if (first === undefined || rest.length === 0) return null;
	if (isWhole(first)) return { person: first.text, last: joinedAsTyped(rest) };
	return { person: joined(words.slice(0, -1)), last: words.at(-1)?.source ?? '' };
}

/** A word that says by itself who is meant. */
function isWhole(word: TypedWord): boolean {
	return word.isQuoted || parseAccountReference(word.text) !== null;
}

function readRoleCreate(words: TypedWord[]): Reading | null {
	const [before, last] = words.slice(-2);
	const isRanked = words.length >= 3 && before?.isQuoted === false && before.text.toLowerCase() === 'rank';
	const name = isRanked ? words.slice(0, -2) : words;
	if (name.length === 0) return null;
	if (!isRanked) return { name: 'role-create', role: joinedAsTyped(name), rank: null };
	return last !== undefined && /^\d{1,4}$/.test(last.text)
		? { name: 'role-create', role: joinedAsTyped(name), rank: Number(last.text) }
		: null;
}

function readAdmit(words: TypedWord[]): Reading | null {
	const [first, second, ...rest] = words;
	const outsiders = readOutsiders(first);
	if (outsiders === null) {
		const read = personAndLast(words);
		return read === null ? null : { name: 'admit', whom: { person: read.person }, role: read.last };
	}
	const tenant = readTenant(second);
	return tenant === null || rest.length === 0 ? null : { name: 'admit', whom: { outsiders, tenant }, role: joinedAsTyped(rest) };
}

function readDismiss(words: TypedWord[]): Reading | null {
	const [first, second, ...rest] = words;
	const outsiders = readOutsiders(first);
	if (outsiders !== null) {
		const tenant = readTenant(second);
		return tenant === null || rest.length > 0 ? null : { name: 'dismiss', whom: { outsiders, tenant } };
	}
	const person = personAlone(words);
	return person === null ? null : { name: 'dismiss', whom: { person } };
}

function readOutsiders(word: TypedWord | undefined): Outsiders | null {
	const text = word?.isQuoted === false ? word.text.toLowerCase() : '';
	return text === 'guests' || text === 'strangers' ? text : null;
}

function readLimitOrder(words: TypedWord[]): Reading | null {
	if (words.length < 2) return null;
	const at = words.findIndex((word, index) => index > 0 && !word.isQuoted && limitNamed(word.text) !== null);
	const limit = limitNamed(words[at]?.text ?? '');
	if (limit === null) return { problem: 'limit-name', order: 'limit' };
	const read = readLimit(limit, joined(words.slice(at + 1)));
	if (read === null) return { problem: 'limit-value', order: 'limit' };
	const target = words.slice(0, at);
	return { name: 'limit', target: joined(target), isName: target.some(({ isQuoted }) => isQuoted), limit, value: read.value };
}

function readMatch([first, ...rest]: TypedWord[]): Reading | null {
	const tenant = readTenant(first);
	const typed = joined(rest).toLowerCase();
	if (tenant === null || typed === '') return null;
	if (typed === 'off') return { name: 'match', tenant, domains: [] };
	const domains = typed.split(',').map((domain) => domain.trim().replace(/^@/, ''));
	return domains.every((domain) => domainName.test(domain))
		? { name: 'match', tenant, domains: [...new Set(domains)] }
		: { problem: 'domain', order: 'match' };
}

function readLog(words: TypedWord[]): Reading | null {
	const [first, ...rest] = words;
	if (first === undefined) return { name: 'log', count: usualEntries };
	const count = /^\d{1,3}$/.test(first.text) && rest.length === 0 ? Number(first.text) : 0;
	return count === 0 ? null : { name: 'log', count: Math.min(count, mostEntries) };
}

function readTenant(word: TypedWord | undefined): Tenant | null {
	const [, platform, tenantId] = /^([a-z]+):([^:\s]+)$/.exec(word?.text ?? '') ?? [];
	return platform === undefined || tenantId === undefined ? null : { platform, tenantId };
}

/** Groups are named as accounts are. */
function readGroup(word: TypedWord | undefined): Group | null {
	const read: Account | null = parseAccountReference(word?.text ?? '');
	return read === null ? null : { platform: read.platform, tenantId: read.tenantId, groupId: read.accountId };
}
