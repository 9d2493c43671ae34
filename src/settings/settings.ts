/** Every setting in one schema: its variable, meaning, unit and default. The README table and `.env.example` are made from it. */

import { z } from 'zod';
import { BotError } from '../errors.ts';
import { parseAccountReference } from '../identity/account.ts';
import { isTimeZone } from '../local-time.ts';
import { modelContradictions, modelEntries } from './model-settings.ts';
import { platformContradictions, platformSettings } from './platform-settings.ts';
import { roles, rolesOf } from './roles.ts';
import { list, onUnlessOff, url } from './setting-types.ts';

const integer = (least: number, most: number, otherwise: number) =>
	z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most)).default(otherwise);

/** Of one person, until an administrator says otherwise for them or their role. */
const limit = (otherwise: number) =>
	z
		.union([z.literal('none').transform(() => null), integer(1, 1_000_000_000, otherwise)], 'must be a whole number from 1, or none')
		.default(otherwise);

const hosts = z
	.string()
	.default('http://127.0.0.1:11434')
	.transform((value) =>
		value
			.split(',')
			.map((host) => host.trim())
			.filter((host) => host !== ''),
	)
	.transform((list) => list.map((host) => (host.includes('://') ? host : `http://${host}`).replace(/\/+$/, '')))
	.refine(
		(list) => list.length > 0 && list.every((host) => URL.canParse(host) && /^https?:/.test(host)),
		'must be one or several addresses like http://127.0.0.1:11434',
	);

const accountReferenceText = z
	.string()
	.refine((text) => parseAccountReference(text) !== null, 'must be accounts such as slack:T0123ABCD:U0123ABCD');

export const settingsSchema = z.object({
	HOST: z
		.string()
		.min(1)
		.default('127.0.0.1')
		.describe('Address to listen on. Behind a proxy on another machine or in a container: 0.0.0.0'),
	PORT: integer(0, 65_535, 3000).describe('Port to listen on; 0 takes any free one'),
	...platformSettings,
	OLLAMA_HOST: hosts.describe('Address of Ollama, or several separated by commas'),
	OLLAMA_MODEL: z.string().min(1).default('gemma4:e4b').describe('The model that answers; install it with `ollama pull`'),
	OLLAMA_MODELS: modelEntries.describe(
		'More models that people may choose, with options of their own: qwen3:8b, gemma4:26b context=32768 answer=8192 think=low',
	),
	OLLAMA_EMBEDDING_MODEL: z.string().min(1).optional().describe('The model that makes vectors for document search'),
	OLLAMA_SLOTS: z
		.union([z.literal('auto'), integer(1, 512, 4)])
		.default('auto')
		.describe('Answers that one Ollama host writes at once; auto learns it. If set, equal to its OLLAMA_NUM_PARALLEL'),
	OLLAMA_CONTEXT_TOKENS: integer(2_048, 1_048_576, 8_192).describe('Context length in tokens, the same for every call'),
	OLLAMA_ANSWER_TOKENS: integer(64, 131_072, 4_096).describe('Longest answer in tokens; at most half of the context goes to it'),
	OLLAMA_FIRST_TOKEN_SECONDS: integer(1, 3_600, 180).describe('How long to wait for the first token of an answer, once it is its turn'),
	OLLAMA_SILENCE_SECONDS: integer(1, 3_600, 60).describe('How long a model may pause within an answer'),
	OLLAMA_TOTAL_SECONDS: integer(1, 36_000, 900).describe('How long one answer may take in all'),
	OLLAMA_QUEUE_SECONDS: integer(1, 3_600, 600).describe('How long a question may wait for a free slot'),
	DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database')
		.optional()
		.describe('PostgreSQL 15 or newer; without it the embedded database in OPENCCB_DATA'),
	REDIS_URL: url(['redis:', 'rediss:'], 'redis://host:6379')
		.optional()
		.describe('Redis 6 or newer; needed only when several processes share the work'),
	OPENCCB_DATA: z.string().min(1).default('./data').describe('Folder for the embedded database'),
	OPENCCB_OPERATIONS_HOST: z
		.string()
		.min(1)
		.default('127.0.0.1')
		.describe(
			'Address for /healthz, /readyz and /metrics, which are not for the outside. In a container whose network is private: 0.0.0.0',
		),
	OPENCCB_OPERATIONS_PORT: integer(0, 65_535, 9464).describe('Port for /healthz, /readyz and /metrics; 0 takes any free one'),
	OPENCCB_LANGUAGE: z.enum(['en', 'es']).default('en').describe('Language for people whose platform does not tell theirs'),
	OPENCCB_TIME_ZONE: z
		.string()
		.refine(isTimeZone, 'must be a time zone such as Europe/Madrid')
		.optional()
		.describe('Time zone of people whose platform does not tell theirs, such as Europe/Madrid; without it that of the machine'),
	OPENCCB_ADMINS: list(accountReferenceText)
		.optional()
		.describe('Administrators, separated by commas, as platform:tenant:account such as slack:T0123ABCD:U0123ABCD'),
	OPENCCB_AUDIT: onUnlessOff.describe(
		'Whether administrators may read what somebody told the bot, giving a reason that is kept; off forbids it in the database',
	),
	OPENCCB_REQUESTS_PER_MINUTE: limit(20).describe('Questions that one person may ask in a minute, or none for no limit'),
	OPENCCB_TOKENS_PER_DAY: limit(500_000).describe('Tokens, read and written, that answers to one person may take in 24 hours, or none'),
	OPENCCB_REPLIES_IN_FLIGHT: limit(10).describe('Answers to one person that may be under way at once, waiting ones included, or none'),
	OPENCCB_ROLES: roles.describe(
		'What this process does, separated by commas: chat (listens to the platforms and answers), jobs (work that can wait), or all',
	),
	OPENCCB_LEASE_SECONDS: integer(3, 600, 15).describe(
		'How long a process may be silent before another one takes over what it was at; the same for all processes',
	),
	OPENCCB_GRACE_SECONDS: integer(1, 600, 12).describe(
		'How long answers may go on once the program is told to stop; whoever stops it waits 8 s longer before killing it',
	),
	LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe log lines to write'),
});

export type Settings = z.infer<typeof settingsSchema>;

/** What environment variables say: the settings as far as they can be read, and all that is wrong with them. */
export interface SettingsReading {
	/** Null when a variable has no meaning; with problems beside it, the variables do not go together. */
	settings: Settings | null;
	/** Each names its variable and what is wrong with it, never its value. */
	problems: string[];
}

/** Reads the settings from environment variables; an empty variable counts as absent. Never throws. */
export function inspectSettings(environment: Record<string, string | undefined>): SettingsReading {
	const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
	const result = settingsSchema.safeParse(given);
	if (result.success) return { settings: result.data, problems: contradictions(result.data) };
	return { settings: null, problems: result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) };
}

/**
 * Reads the settings as `inspectSettings` does.
 * @throws BotError `CONFIG_INVALID`, whose message names every bad variable and what is wrong with it, never its value.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
	const { settings, problems } = inspectSettings(environment);
	if (settings !== null && problems.length === 0) return settings;
	throw new BotError('CONFIG_INVALID', `Settings that need attention: ${problems.join('; ')}. See .env.example for all of them.`);
}

function contradictions(settings: Settings): string[] {
	return [...platformContradictions(settings), ...modelContradictions(settings), ...roleContradictions(settings)];
}

function roleContradictions({ OPENCCB_ROLES, DATABASE_URL }: Settings): string[] {
	const does = rolesOf(OPENCCB_ROLES);
	if (DATABASE_URL !== undefined || (does.chat && does.jobs)) return [];
	return ['OPENCCB_ROLES must be all without DATABASE_URL: no other process can use the embedded database'];
}
