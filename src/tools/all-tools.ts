/** Every tool that there is, in the order in which models are told of them. */

import { currentTime } from './current-time.ts';
import type { Tool } from './tool.ts';

export const allTools: readonly Tool[] = [currentTime];
