/** The log of what administrators did: written with every command of theirs, and shown to them. */

import { AuditEntry } from '../database/entities/audit-entry.ts';
import { User } from '../database/entities/user.ts';
import { shownRole } from '../database/roles.ts';
import { storable } from '../database/storable.ts';
import type { Transaction } from '../database/transaction.ts';
import type { AdministrationWords, Administrator } from './admin-context.ts';

export interface Entry {
	/** One word: the command's name, or `audit`. */
	action: string;
	outcome: AuditEntry['outcome'];
	subjectUserId: string | null;
	/** References and values; never what people said to the bot. */
	details: Readonly<Record<string, unknown>>;
}

/** By `users.id`. */
type Names = ReadonlyMap<unknown, string>;

/** @returns the entry's number. @throws BotError as `Transaction.query`. */
export async function writeEntry({ em }: Transaction, actor: Administrator, { details, ...entry }: Entry): Promise<number> {
	const actorUserId = actor.kind === 'person' ? actor.asker.userId : null;
	return await em.insert(AuditEntry, { ...entry, actor: actor.kind, actorUserId, details: storable(details) });
}

/** Reads nothing, where only administrators may read. @throws BotError `FORBIDDEN` for whoever is none. */
export async function readAsAdministrator({ em }: Transaction): Promise<void> {
	await em.count(AuditEntry, { sequence: 0 });
}

/** The newest entries in words, the newest first. */
export async function listEntries({ em }: Transaction, count: number, words: AdministrationWords['log']): Promise<string[]> {
	const entries = await em.find(AuditEntry, {}, { orderBy: { sequence: 'desc' }, limit: count });
	const ids = entries.flatMap(({ actorUserId, subjectUserId }) => [actorUserId, subjectUserId]).filter((id) => typeof id === 'string');
	const people = await em.find(User, { id: { $in: [...new Set(ids)] } }, { fields: ['displayName'] });
	const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
	return entries.map((entry) => shownEntry(entry, names, words));
}

function shownEntry(entry: AuditEntry, names: Names, words: AdministrationWords['log']): string {
	const { at, actor, action, outcome, details } = entry;
	const who = actor === 'person' ? (names.get(entry.actorUserId) ?? words.somebody) : words[actor];
	const subject = names.get(entry.subjectUserId);
	const facts = [...(subject === undefined ? [] : [subject]), ...Object.entries(details).flatMap(shownDetail)];
	const result = outcome === 'refused' ? ` ${words.refused}` : '';
	return `${minuteOf(at)} ${who}: ${action}${result}${facts.length === 0 ? '' : ` (${facts.join('; ')})`}`;
}

/** To the minute, and in no zone of anybody's. */
export function minuteOf(at: Date): string {
	return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function shownDetail([name, value]: [string, unknown]): string[] {
	if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [];
	return [`${name} ${shownValue(value)}`];
}

function shownValue(value: unknown): string {
	if (Array.isArray(value)) return value.map(shownValue).join(', ');
	if (typeof value === 'object' && value !== null) return Object.values(value).map(shownValue).join(':');
	return shownRole(String(value));
}
