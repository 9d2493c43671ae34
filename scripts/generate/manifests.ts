/** `npm run manifests`: the manifests in the repository, or with options those of one installation; see `manifests/README.md`. */

import { discordInviteUrl } from '../../adapters/discord/commands.ts';
import { runScript } from '../toolchain/mendable-error.mjs';
import { committedManifests, installationManifests } from './manifest-files.ts';
import { readManifestOptions } from './manifest-options.ts';
import { writeFiles } from './write-files.ts';

await runScript(async () => {
	const words = process.argv.slice(2);
	const { installation, folder, discordApplicationId } = readManifestOptions(words);
	if (words.length === 0) report('manifests', await writeFiles(committedManifests()));
	if (installation !== null) report(folder, await writeFiles(installationManifests(installation), { folder }));
	if (discordApplicationId !== null)
		process.stdout.write(`Invite the bot to a Discord server: ${discordInviteUrl(discordApplicationId)}\n`);
	return 0;
});

function report(folder: string, written: string[]): void {
	process.stdout.write(written.length === 0 ? `Everything in ${folder} is current.\n` : `Written: ${written.join(', ')}\n`);
}
