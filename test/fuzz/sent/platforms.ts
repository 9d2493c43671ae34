/** All platforms that record, by their names. */

import { createRecordedDiscord } from './discord.ts';
import type { PlatformName, RecordedPlatform } from './platform.ts';
import { createRecordedSlack } from './slack.ts';
import { createRecordedTeams } from './teams.ts';

export const recordedPlatforms: Readonly<Record<PlatformName, () => RecordedPlatform>> = {
	slack: createRecordedSlack,
	teams: createRecordedTeams,
	discord: createRecordedDiscord,
};
