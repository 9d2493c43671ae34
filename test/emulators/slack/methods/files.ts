/** files.getUploadURLExternal and files.completeUploadExternal: how an app shows a file. */

import { integer, optionalText, postableChannel, requiredText, threadRoot } from '../arguments.ts';
import { SlackFailure } from '../types.ts';
import { isJson, listOf } from '../visible-text.ts';
import type { Methods } from './method.ts';

/** "Working with files": 1 GB. */
const mostBytes = 1_000_000_000;

export const fileMethods: Methods = {
	'files.getUploadURLExternal': (core, given) => {
		const sizeBytes = integer(given, 'length', 0, mostBytes + 1);
		if (sizeBytes === 0 || sizeBytes > mostBytes) throw new SlackFailure('invalid_arguments', ['[ERROR] length']);
		const fileId = core.workspace.nextId('F');
		const address = core.uploads.begin({ fileId, name: requiredText(given, 'filename'), sizeBytes });
		return { upload_url: `${core.identity.url}/upload/${address}`, file_id: fileId };
	},
	'files.completeUploadExternal': (core, given) => {
		const channel = postableChannel(core, requiredText(given, 'channel_id'));
		const threadTs = threadRoot(core, channel, optionalText(given, 'thread_ts'));
		const wanted = listOf(given.files).flatMap((file) => (isJson(file) ? [requiredText(file, 'id')] : []));
		if (wanted.length === 0) throw new SlackFailure('invalid_arguments', ['[ERROR] missing required field: files']);
		const { botUserId: user, botId } = core.identity;
		const files = wanted.map((id) => {
			const upload = core.uploads.take(id);
			if (upload?.content === undefined) throw new SlackFailure('file_not_found');
			return core.workspace.addFile({ id, name: upload.name, mimetype: '', content: upload.content }, user, channel.id);
		});
		const text = optionalText(given, 'initial_comment') ?? '';
		core.events.messagePosted(core.messages.add({ channel: channel.id, user, botId, text, threadTs, files }));
		return { files: files.map(({ id, name }) => ({ id, title: name })) };
	},
};
