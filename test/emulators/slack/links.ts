/** Links to messages, as people copy them and as `chat.getPermalink` gives them. Pure. */

import type { Identity } from './core.ts';
import type { VisibleMessage } from './types.ts';

export function linkTo(
	{ workspaceUrl }: Pick<Identity, 'workspaceUrl'>,
	{ channel, ts, threadTs }: Pick<VisibleMessage, 'channel' | 'ts' | 'threadTs'>,
): string {
	const thread = threadTs === undefined ? '' : `?thread_ts=${threadTs}&cid=${channel}`;
	return `${workspaceUrl}archives/${channel}/p${ts.replace('.', '')}${thread}`;
}
