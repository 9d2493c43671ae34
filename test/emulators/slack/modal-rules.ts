/** What Slack takes for a modal: the rules of the pages "View object" and "Input block", and of the elements in it. */

import { type Json, SlackFailure } from './types.ts';
import { isJson, listOf, textOf } from './visible-text.ts';

const mostBlocks = 100;
const mostTitleCharacters = 24;
const mostButtonCharacters = 24;
const mostCallbackCharacters = 255;
const mostMetadataCharacters = 3_000;
const mostLabelCharacters = 2_000;
const mostSectionCharacters = 3_000;
const mostIdCharacters = 255;
const mostInputCharacters = 3_000;
const mostOptions = 100;
const mostOptionCharacters = 75;
const mostValueCharacters = 150;

/** @throws SlackFailure `invalid_arguments` with the places in `response_metadata.messages`. */
export function checkModal(view: Json): void {
	const problems: string[] = [];
	const complain = (path: string, problem: string) => void problems.push(`[ERROR] ${problem} [json-pointer:/view${path}]`);
	const blocks = listOf(view.blocks);
	const inputs = blocks.filter((block): block is Json => isJson(block) && block.type === 'input');
	if (view.type !== 'modal') complain('/type', 'must be a valid enum value');
	checkPlain(view.title, mostTitleCharacters, '/title');
	if (inputs.length > 0) checkPlain(view.submit, mostButtonCharacters, '/submit');
	if (view.close !== undefined) checkPlain(view.close, mostButtonCharacters, '/close');
	checkLength(view.callback_id, mostCallbackCharacters, '/callback_id');
	checkLength(view.private_metadata, mostMetadataCharacters, '/private_metadata');
	if (!Array.isArray(view.blocks) || blocks.length > mostBlocks) complain('/blocks', `must be a list of at most ${mostBlocks} items`);
	const ids = inputs.map(({ block_id }) => block_id).filter((id) => id !== undefined);
	if (new Set(ids).size < ids.length) complain('/blocks', 'block_id already exists');
	blocks.forEach((block, index) => {
		const path = `/blocks/${index}`;
		if (!isJson(block)) complain(path, 'must be an object with a type');
		else if (block.type === 'input') checkInput(block, path);
		else if (block.type === 'section') checkPlain(block.text, mostSectionCharacters, `${path}/text`, ['plain_text', 'mrkdwn']);
		else complain(`${path}/type`, `unsupported type: ${String(block.type)}`);
	});
	if (problems.length > 0) throw new SlackFailure('invalid_arguments', problems);

	function checkInput(block: Json, path: string): void {
		checkPlain(block.label, mostLabelCharacters, `${path}/label`);
		if (block.hint !== undefined) checkPlain(block.hint, mostLabelCharacters, `${path}/hint`);
		checkLength(block.block_id, mostIdCharacters, `${path}/block_id`);
		const element = isJson(block.element) ? block.element : {};
		checkLength(element.action_id, mostIdCharacters, `${path}/element/action_id`);
		if (element.type === 'plain_text_input') {
			if (Number(element.max_length ?? 1) < 1 || Number(element.max_length ?? 1) > mostInputCharacters)
				complain(`${path}/element/max_length`, `must be between 1 and ${mostInputCharacters}`);
		} else if (element.type === 'static_select') checkOptions(listOf(element.options), `${path}/element/options`);
		else complain(`${path}/element/type`, 'unsupported element');
	}

	function checkOptions(options: readonly unknown[], path: string): void {
		if (options.length < 1 || options.length > mostOptions) complain(path, `must have 1 to ${mostOptions} items`);
		options.forEach((option, index) => {
			checkPlain(isJson(option) ? option.text : undefined, mostOptionCharacters, `${path}/${index}/text`);
			const value = isJson(option) ? option.value : undefined;
			if (typeof value !== 'string' || value === '' || value.length > mostValueCharacters)
				complain(`${path}/${index}/value`, 'is no value');
		});
	}

	function checkPlain(value: unknown, most: number, path: string, types: readonly unknown[] = ['plain_text']): void {
		if (!isJson(value) || !types.includes(value.type)) complain(path, `must be one of ${types.join(', ')}`);
		const { length } = textOf(value);
		if (length < 1 || length > most) complain(path, `must have 1 to ${most} characters`);
	}

	function checkLength(value: unknown, most: number, path: string): void {
		if (value !== undefined && (typeof value !== 'string' || value.length > most)) complain(path, `must be at most ${most} characters`);
	}
}
