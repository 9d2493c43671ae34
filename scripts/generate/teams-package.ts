/** The Teams app as an administrator uploads it: manifest, texts and icons at the root of a zip file ("App package"). */

import { type Zippable, zipSync } from 'fflate';
import type { BotDescription } from '#src/commands/description.ts';
import { formatJson } from './format-json.ts';
import { colourIcon, outlineIcon } from './icon.ts';
import { type TeamsApp, teamsManifest, teamsTexts } from './teams-manifest.ts';

/** By their names in the package. */
export type TeamsFiles = Record<'manifest.json' | 'es.json' | 'color.png' | 'outline.png', Uint8Array>;

/** Of every file in the package, so that the same files give the same package. Zip files hold local time: this is noon anywhere. */
const modifiedAt = new Date(2020, 0, 1, 12);

export function teamsFiles(description: BotDescription, app: TeamsApp): TeamsFiles {
	const text = (value: object) => new TextEncoder().encode(formatJson(value));
	return {
		'manifest.json': text(teamsManifest(description, app)),
		'es.json': text(teamsTexts(description, 'es')),
		'color.png': colourIcon(),
		'outline.png': outlineIcon(),
	};
}

export function teamsPackage(files: TeamsFiles): Uint8Array {
	return zipSync(files satisfies Zippable, { level: 9, mtime: modifiedAt });
}
