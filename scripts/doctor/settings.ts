/** Reads the settings for the doctor: all that is wrong with them, and as much of the rest as can still be looked at. */

import { inspectSettings, type Settings, settingsSchema } from '#src/settings/settings.ts';
import type { SettingsFinding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsDiagnosis {
	/** Without the variables that have no meaning. They may not go together, so each part looks for what it needs. */
	settings: Settings;
	findings: SettingsFinding[];
}

export function diagnoseSettings(environment: Environment): SettingsDiagnosis {
	const { settings, problems } = inspectSettings(environment);
	const readable = settings ?? readWithout(environment, problems);
	const names = Object.keys(settingsSchema.shape);
	const count = names.filter((name) => environment[name]?.trim()).length;
	const wrong = problems.map((problem): SettingsFinding => ({ level: 'bad', code: 'setting-wrong', problem }));
	const hasPlatform = (['SLACK_BOT_TOKEN', 'TEAMS_APP_ID', 'DISCORD_BOT_TOKEN'] as const).some((name) => environment[name]?.trim());
	return {
		settings: readable,
		findings: [
			...(wrong.length > 0 ? wrong : [{ level: 'good', code: 'settings', count } as const]),
			...(hasPlatform || readable.TEAMS_ANONYMOUS ? [] : [{ level: 'note', code: 'no-platform' } as const]),
		],
	};
}

/** What a bad variable would say is not known, so it counts as not set. */
function readWithout(environment: Environment, problems: readonly string[]): Settings {
	const bad = new Set(problems.map((problem) => problem.split(/[ .]/, 1)[0]));
	return settingsSchema.parse(Object.fromEntries(Object.entries(environment).filter(([name, value]) => value?.trim() && !bad.has(name))));
}
