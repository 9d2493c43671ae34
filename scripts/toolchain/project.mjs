/** Where the project and its caches lie. */

import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a trailing slash. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Files that may be deleted at any time; ignored by git. */
export const cacheFolder = join(projectFolder, '.cache');

/** What all clones on this machine share. */
export const sharedCacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'openccb');
