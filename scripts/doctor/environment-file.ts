/** Looks at who can read the file that the settings, and the secrets among them, may stand in. */

import { inspectPrivacy } from '#src/database/private-folder.ts';
import type { SettingsFinding } from './finding.ts';

/** Where there is no such file, the settings come from somewhere else. */
export async function diagnoseEnvironmentFile(file: string): Promise<SettingsFinding[]> {
	const privacy = await inspectPrivacy(file);
	return privacy?.isOpen || privacy?.isForeign ? [{ level: 'warning', code: 'secrets-open', file }] : [];
}
