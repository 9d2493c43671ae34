/** Reads the settings for the doctor: all that is wrong with them, and as much of the rest as can still be looked at. */

import type { Environment } from '#src/settings/secret-files.ts';
import { inspectSettings, type Settings, settingVariables } from '#src/settings/settings.ts';
import type { SettingsFinding } from './finding.ts';
import { secretsIn } from './secrets.ts';

export interface SettingsDiagnosis {
	/** Without the variables that have no meaning. They may not go together, so each part looks for what it needs. */
	settings: Settings;
	findings: SettingsFinding[];
	/** What the report must not show, see `secrets.ts`. */
	secrets: string[];
}

export function diagnoseSettings(environment: Environment): SettingsDiagnosis {
	const { readable, problems, given } = inspectSettings(environment);
	const count = Object.keys(settingVariables).filter((name) => given[name] !== undefined).length;
	const wrong = problems.map((problem): SettingsFinding => ({ level: 'bad', code: 'setting-wrong', problem }));
	const hasPlatform = (['SLACK_BOT_TOKEN', 'TEAMS_APP_ID', 'DISCORD_BOT_TOKEN'] as const).some((name) => given[name] !== undefined);
	return {
		settings: readable,
		secrets: secretsIn(given),
		findings: [
			...(wrong.length > 0 ? wrong : [{ level: 'good', code: 'settings', count } as const]),
			...(hasPlatform || readable.platforms.teams !== null ? [] : [{ level: 'note', code: 'no-platform' } as const]),
		],
	};
}
