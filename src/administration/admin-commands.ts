/** Every command of administrators, and how one is read from what they type. Pure. */

import { nearestWord } from '../nearest-word.ts';
import type { AdminCommand } from './admin-command.ts';
import { activateCommand, deactivateCommand } from './commands/access.ts';
import { accountAddCommand, accountFactorCommand, accountResetCommand } from './commands/accounts.ts';
import { admitCommand, dismissCommand } from './commands/admission.ts';
import { auditFindCommand } from './commands/audit-find.ts';
import { broadcastCommand } from './commands/broadcast.ts';
import { digestNowCommand } from './commands/digest.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { auditExportCommand, feedbackExportCommand } from './commands/exports.ts';
import {
	feedbackAcceptCommand,
	feedbackCommand,
	feedbackRejectCommand,
	feedbackShowCommand,
	feedbackShownCommand,
} from './commands/feedback.ts';
import { mapCommand, unmapCommand } from './commands/groups.ts';
import { healthCommand } from './commands/health.ts';
import { adminHelpCommand, helpTopics } from './commands/help.ts';
import {
	ingestCommand,
	ingestDeleteCommand,
	ingestQuarantineCommand,
	ingestReleaseCommand,
	ingestRetryCommand,
} from './commands/ingest.ts';
import { modelsCommand, modelsDefaultCommand, modelsPullCommand, modelsUnloadCommand } from './commands/installed-models.ts';
import { jobsCommand, jobsDropCommand, jobsRetryCommand } from './commands/jobs.ts';
import { limitCommand } from './commands/limit.ts';
import { logCommand } from './commands/log.ts';
import { matchCommand } from './commands/match.ts';
import { modelsEmbedCommand } from './commands/models.ts';
import { grantCommand, revokeCommand } from './commands/person-role.ts';
import { roleCreateCommand, roleDropCommand } from './commands/role.ts';
import { rolesCommand } from './commands/roles.ts';
import { usageCommand } from './commands/usage.ts';
import { whoCommand } from './commands/who.ts';
import { knownWord, spanishName, withKnownWords } from './order-words.ts';
import { type TypedWord, typedWords } from './typed-words.ts';

export const adminCommands: readonly AdminCommand[] = [
	adminHelpCommand,
	grantCommand,
	revokeCommand,
	deactivateCommand,
	activateCommand,
	whoCommand,
	rolesCommand,
	roleCreateCommand,
	roleDropCommand,
	mapCommand,
	unmapCommand,
	admitCommand,
	dismissCommand,
	accountAddCommand,
	accountResetCommand,
	accountFactorCommand,
	limitCommand,
	matchCommand,
	jobsCommand,
	jobsRetryCommand,
	jobsDropCommand,
	ingestCommand,
	ingestRetryCommand,
	ingestQuarantineCommand,
	ingestReleaseCommand,
	ingestDeleteCommand,
	modelsCommand,
	modelsDefaultCommand,
	modelsPullCommand,
	modelsUnloadCommand,
	modelsEmbedCommand,
	feedbackCommand,
	feedbackShowCommand,
	feedbackShownCommand,
	feedbackAcceptCommand,
	feedbackRejectCommand,
	feedbackExportCommand,
	digestNowCommand,
	evaluateCommand,
	healthCommand,
	usageCommand,
	broadcastCommand,
	auditFindCommand,
	auditExportCommand,
	logCommand,
];

export interface ReadAdminCommand {
	command: AdminCommand;
	values: object;
}

/** Why what was typed is no command. `misread`: it is there, and does not go on like this; `argument` is the one to blame, if it is one. */
export type Misreading = { problem: 'unknown' } | { problem: 'misread'; command: AdminCommand; argument: string | null };

const byName = new Map(adminCommands.map((command) => [command.name as string, command]));

/** Nothing typed asks for the list of commands. */
export function readAdminCommand(text: string): ReadAdminCommand | Misreading {
	const words = typedWords(text);
	if (words.length === 0) return { command: adminHelpCommand, values: {} };
	const named = commandNamed(words);
	return named === null ? { problem: 'unknown' } : readValues(named.command, named.rest);
}

/** Whether a sentence that begins with `admin` goes on as such a command does, and not as one to be answered. */
export function beginsAdminCommand(text: string): boolean {
	const named = commandNamed(typedWords(text));
	if (named === null || text.trimEnd().endsWith('?')) return false;
	return named.command.takesNoText !== true || 'values' in readValues(named.command, named.rest);
}

/** What somebody may have meant whose order there is not: by its first two words, or its first. */
export function nearestAdminCommand(text: string): AdminCommand | null {
	const [first = '', second = ''] = typedWords(text).map(({ text: word }) => word);
	const named = new Map(adminCommands.flatMap((command) => spellings(command).map((name) => [name, command])));
	const name = nearestWord(`${first} ${second}`, [...named.keys()]) ?? nearestWord(first, [...named.keys()]);
	return name === null ? null : (named.get(name) ?? null);
}

/** The command of which nothing but the name was typed; null for anything else. */
export function adminCommandNamed(text: string): AdminCommand | null {
	const named = commandNamed(typedWords(text));
	return named?.rest.length === 0 ? named.command : null;
}

/** The command that an order begins with, and the words behind it as they were typed; null for no command. */
export function splitOrder(text: string): { command: AdminCommand; rest: string[] } | null {
	const named = commandNamed(typedWords(text));
	return named === null ? null : { command: named.command, rest: named.rest.map(({ source }) => source) };
}

/** Some names are two words. */
function commandNamed([first, second, ...others]: TypedWord[]): { command: AdminCommand; rest: TypedWord[] } | null {
	if (first === undefined || first.isQuoted) return null;
	const [word, next] = [knownWord(first.text), second && knownWord(second.text)];
	const ofTwo = byName.get(`${word}-${next}`);
	if (ofTwo !== undefined) return { command: ofTwo, rest: withKnownWords(others, ofTwo.ownWords ?? []) };
	const ofOne = word.includes('-') ? undefined : byName.get(word);
	const behind = second === undefined ? [] : [second, ...others];
	if (ofOne !== undefined) return { command: ofOne, rest: withKnownWords(behind, ofOne.ownWords ?? []) };
	// What there is about a topic.
	return second === undefined && Object.hasOwn(helpTopics, word) ? { command: adminHelpCommand, rest: [{ ...first, text: word }] } : null;
}

/** Of its name, in both languages. */
function spellings({ name }: AdminCommand): string[] {
	return [name.replace('-', ' '), spanishName(name)];
}

function readValues(command: AdminCommand, rest: readonly TypedWord[]): ReadAdminCommand | Misreading {
	const given = command.split(rest);
	if (given === null) return { problem: 'misread', command, argument: null };
	const read = command.arguments.safeParse(given);
	if (read.success) return { command, values: read.data };
	return { problem: 'misread', command, argument: String(read.error.issues[0]?.path[0] ?? '') };
}
