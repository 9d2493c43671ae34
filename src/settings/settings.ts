/** All settings, put together from those of each room. The tables in docs and `.env.example` are made from them. */

import { z } from 'zod';
import { BotError } from '../errors.ts';
import { administrationSettings } from './administration.ts';
import { alertsSettings } from './alerts.ts';
import { answersSettings } from './answers.ts';
import { companySignInSettings } from './company-sign-in.ts';
import { connectorsSettings } from './connectors.ts';
import { databaseSettings } from './database.ts';
import { documentsSettings } from './documents.ts';
import { httpSettings, operationsSettings } from './http.ts';
import { knowledgeSettings } from './knowledge.ts';
import { limitsSettings } from './limits.ts';
import { localeSettings } from './locale.ts';
import { modelsSettings } from './models.ts';
import { discordSettings } from './platforms/discord.ts';
import { slackSettings } from './platforms/slack.ts';
import { teamsSettings } from './platforms/teams.ts';
import { processSettings } from './process.ts';
import { redisSettings } from './redis.ts';
import { type Environment, readSecretFiles } from './secret-files.ts';
import { signInSettings } from './sign-in.ts';
import { tracesSettings } from './traces.ts';
import { webSettings } from './web.ts';

/** In the order in which people read of them. */
export const settingsSlices = [
	httpSettings,
	slackSettings,
	teamsSettings,
	discordSettings,
	webSettings,
	signInSettings,
	companySignInSettings,
	modelsSettings,
	databaseSettings,
	documentsSettings,
	redisSettings,
	operationsSettings,
	alertsSettings,
	tracesSettings,
	localeSettings,
	administrationSettings,
	limitsSettings,
	knowledgeSettings,
	connectorsSettings,
	answersSettings,
	processSettings,
];

/** By name, in the same order. */
export const settingVariables = {
	...httpSettings.variables,
	...slackSettings.variables,
	...teamsSettings.variables,
	...discordSettings.variables,
	...webSettings.variables,
	...signInSettings.variables,
	...companySignInSettings.variables,
	...modelsSettings.variables,
	...databaseSettings.variables,
	...documentsSettings.variables,
	...redisSettings.variables,
	...operationsSettings.variables,
	...alertsSettings.variables,
	...tracesSettings.variables,
	...localeSettings.variables,
	...administrationSettings.variables,
	...limitsSettings.variables,
	...knowledgeSettings.variables,
	...connectorsSettings.variables,
	...answersSettings.variables,
	...processSettings.variables,
};

/** The variables that a file may hold, in the same order. */
export const secretVariables: readonly string[] = settingsSlices.flatMap(({ secrets }) => secrets);

const schema = z.object(settingVariables);

type Values = z.output<typeof schema>;

/** What the variables say, by who uses it. */
export type Settings = ReturnType<typeof grouped>;

function grouped(values: Values) {
	return {
		http: httpSettings.group(values),
		platforms: {
			slack: slackSettings.group(values),
			teams: teamsSettings.group(values),
			discord: discordSettings.group(values),
		},
		web: webSettings.group(values),
		signIn: { ...signInSettings.group(values), company: companySignInSettings.group(values) },
		models: modelsSettings.group(values),
		database: databaseSettings.group(values),
		documents: documentsSettings.group(values),
		redis: redisSettings.group(values),
		operations: operationsSettings.group(values),
		alerts: alertsSettings.group(values),
		traces: tracesSettings.group(values),
		locale: localeSettings.group(values),
		administration: administrationSettings.group(values),
		limits: limitsSettings.group(values),
		knowledge: knowledgeSettings.group(values),
		connectors: connectorsSettings.group(values),
		answers: answersSettings.group(values),
		process: processSettings.group(values),
	};
}

function contradictions(values: Values): string[] {
	return settingsSlices.flatMap((slice) => slice.contradictions(values, values));
}

/** What environment variables say: the settings as far as they can be read, and all that is wrong with them. */
export interface SettingsReading {
	/** Null when a variable has no meaning; with problems beside it, the variables do not go together. */
	settings: Settings | null;
	/** The settings without the variables that have no meaning: what those would say is not known, so they count as absent. */
	readable: Settings;
	/** Each names its variable and what is wrong with it, never its value. */
	problems: string[];
	/** What was given, as it is written; secrets that stand in files too. */
	given: Readonly<Record<string, string>>;
}

/** Reads the settings from environment variables, and the files that some of them name; an empty variable counts as absent. Never throws. */
export function inspectSettings(environment: Environment): SettingsReading {
	const { given, unknown, problems } = readSecretFiles(environment, secretVariables);
	const result = schema.safeParse(given);
	if (result.success) {
		const readable = grouped(result.data);
		return unknown.length > 0
			? { settings: null, readable, problems, given }
			: { settings: readable, readable, problems: contradictions(result.data), given };
	}
	const { issues } = result.error;
	const bad = new Set(issues.map(({ path: [name] }) => name));
	return {
		settings: null,
		readable: grouped(schema.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !bad.has(name))))),
		problems: [...problems, ...issues.map(({ path, message }) => `${path.join('.')} ${message}`)],
		given,
	};
}

/**
 * Reads the settings as `inspectSettings` does.
 * @throws BotError `CONFIG_INVALID`, whose message names every bad variable and what is wrong with it, never its value.
 */
export function readSettings(environment: Environment): Settings {
	const { settings, problems } = inspectSettings(environment);
	if (settings !== null && problems.length === 0) return settings;
	throw new BotError('CONFIG_INVALID', `Settings that need attention: ${problems.join('; ')}. See .env.example for all of them.`);
}
