/** The files that Prometheus is given, as text, and what they name. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

export const rulesFolder = join(projectFolder, 'docker/prometheus/rules');

export const ruleFiles: readonly { name: string; text: string }[] = readdirSync(rulesFolder)
	.filter((name) => name.endsWith('.yml'))
	.map((name) => ({ name, text: readFileSync(join(rulesFolder, name), 'utf8') }));

/** Everything about one alert, by its name. */
export const alerts: ReadonlyMap<string, string> = new Map(
	ruleFiles.flatMap(({ text }) =>
		text
			.split(/^ {6}- (?=alert: )/m)
			.slice(1)
			.map((part): [string, string] => [/^alert: (\w+)/.exec(part)?.[1] ?? '', part.split(/^ {2}- name: /m)[0] ?? '']),
	),
);

/** What the rules make besides alerts. */
export const recorded: readonly string[] = ruleFiles.flatMap(({ text }) =>
	[...text.matchAll(/- record: (\S+)/g)].map(([, name = '']) => name),
);
