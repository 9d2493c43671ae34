/** The log of what administrators did: written with every command of theirs, and shown to them. */

import { storableJson } from '../database/storable.ts';
import type { Transaction } from '../database/transaction.ts';
import { shownRole } from './role-names.ts';
import type { AdministrationWords, Administrator } from './scene.ts';

export interface Entry {
	/** One word: the command's name, or `audit`. */
	action: string;
	outcome: 'done' | 'refused';
	subjectUserId: string | null;
	/** References and values; never what people said to the bot. */
	details: Readonly<Record<string, unknown>>;
}

interface EntryRow {
	at: Date;
	actor: 'person' | 'console' | 'program';
	actorName: string | null;
	action: string;
	outcome: Entry['outcome'];
	subjectName: string | null;
	details: Readonly<Record<string, unknown>>;
}

const insertEntry = `
	insert into audit_log (actor, actor_user_id, action, outcome, subject_user_id, details)
	values ($1, $2, $3, $4, $5, $6) returning sequence`;

const selectEntries = `
	select l.at, l.actor, actor.display_name as "actorName", l.action, l.outcome, subject.display_name as "subjectName", l.details
	from audit_log l left join users actor on actor.id = l.actor_user_id left join users subject on subject.id = l.subject_user_id
	order by l.sequence desc limit $1`;

/** @returns the entry's number. @throws BotError as `Transaction.query`. */
export async function writeEntry(transaction: Transaction, actor: Administrator, entry: Entry): Promise<number> {
	const { action, outcome, subjectUserId, details } = entry;
	const actorUserId = actor.kind === 'person' ? actor.asker.userId : null;
	const values = [actor.kind, actorUserId, action, outcome, subjectUserId, storableJson(details)];
	const [row] = await transaction.query<{ sequence: number }>(insertEntry, values);
	if (row === undefined) throw new TypeError('an entry was written and has no number');
	return row.sequence;
}

/** The newest entries in words, the newest first. */
export async function listEntries(transaction: Transaction, count: number, words: AdministrationWords['log']): Promise<string[]> {
	const entries = await transaction.query<EntryRow>(selectEntries, [count]);
	return entries.map((entry) => shownEntry(entry, words));
}

function shownEntry({ at, actor, actorName, action, outcome, subjectName, details }: EntryRow, words: AdministrationWords['log']): string {
	const who = actor === 'person' ? (actorName ?? words.somebody) : words[actor];
	const facts = [...(subjectName === null ? [] : [subjectName]), ...Object.entries(details).flatMap(shownDetail)];
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
