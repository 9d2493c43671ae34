/** Block Kit rules: what makes a message `invalid_blocks` or `msg_blocks_too_long`. */

import { translateMarkdown } from './markdown-blocks.ts';
import { type Block, type Json, SlackFailure } from './types.ts';
import { isJson, listOf, textOf } from './visible-text.ts';

/** "Block Kit" reference: at most 50 blocks in a message, 100 in a view; counted when Markdown has become blocks. */
const mostBlocksInMessage = 50;
/** "Table block". */
const mostRows = 100;
const mostColumns = 20;
/** "Markdown block": the text of all markdown blocks of one payload together. */
const mostMarkdown = 12_000;
/** Undocumented cap on the text of all blocks together (bolt-js issue 2509). */
const mostTextOfAllBlocks = 13_200;

const actionElements = new Set([
	'button',
	'checkboxes',
	'datepicker',
	'datetimepicker',
	'overflow',
	'radio_buttons',
	'static_select',
	'external_select',
	'users_select',
	'conversations_select',
	'channels_select',
	'multi_static_select',
	'multi_users_select',
	'timepicker',
	'workflow_button',
]);
const contextActionElements = new Set(['feedback_buttons', 'icon_button']);

/** "Data visualization block": of a message; of a chart; of a label; of a title. */
const [mostCharts, mostSeries, mostLabel, mostTitle] = [2, 6, 20, 50];

type Complain = (path: string, problem: string) => void;

/**
 * Takes the `blocks` argument of a message. Gives an empty list when there is none.
 * @throws SlackFailure `invalid_blocks_format`, `invalid_blocks` with the places in `response_metadata.messages`, `msg_blocks_too_long`.
 */
export function checkBlocks(value: unknown): Block[] {
	if (value === undefined || value === '' || value === null) return [];
	if (!Array.isArray(value)) throw new SlackFailure('invalid_blocks_format');
	const problems: string[] = [];
	const complain: Complain = (path, problem) => void problems.push(`[ERROR] ${problem} [json-pointer:/blocks${path}]`);
	const blocks = value.filter((block, index): block is Block => {
		if (isJson(block) && typeof block.type === 'string') return true;
		complain(`/${index}`, 'must be an object with a type');
		return false;
	});
	blocks.forEach((block, index) => void checkBlock(block, `/${index}`, complain));
	checkTogether(blocks, complain);
	if (problems.length > 0) throw new SlackFailure('invalid_blocks', problems);
	if (totalText(blocks) > mostTextOfAllBlocks) throw new SlackFailure('msg_blocks_too_long');
	return blocks;
}

/** Whether there are more blocks than a message takes when Slack has translated the Markdown in them. */
export function hasTooManyBlocks(blocks: readonly Block[]): boolean {
	const sum = (ofMarkdown: (text: string) => number) =>
		blocks.reduce((total, { type, text }) => total + (type === 'markdown' ? ofMarkdown(textOf(text)) : 1), 0);
	// Every block takes a line at least, and lines are sooner counted.
	return sum(countLines) > mostBlocksInMessage && sum((text) => translateMarkdown(text).blocks) > mostBlocksInMessage;
}

function countLines(text: string): number {
	return text.split('\n').filter((line) => line.trim() !== '').length;
}

function checkTogether(blocks: readonly Block[], complain: Complain): void {
	if (hasTooManyBlocks(blocks)) complain('', `no more than ${mostBlocksInMessage} items allowed`);
	const markdown = blocks.filter(({ type }) => type === 'markdown').reduce((sum, block) => sum + textOf(block.text).length, 0);
	if (markdown > mostMarkdown) complain('', `markdown text must not be longer than ${mostMarkdown} characters altogether`);
	if (blocks.filter(({ type }) => type === 'data_visualization').length > mostCharts)
		complain('', `no more than ${mostCharts} charts allowed`);
	if (blocks.filter(({ type }) => type === 'table').length > 1) complain('', 'only one table allowed');
	const ids = blocks.map(({ block_id }) => block_id).filter((id) => id !== undefined);
	if (new Set(ids).size !== ids.length) complain('', 'block_id already exists');
}

function checkBlock(block: Block, path: string, complain: Complain): void {
	if (typeof block.block_id === 'string' && block.block_id.length > 255) complain(`${path}/block_id`, 'must be at most 255 characters');
	const check = checksByType[block.type];
	if (check === undefined) complain(`${path}/type`, `unsupported type: ${block.type}`);
	else check(block, path, complain);
}

type Check = (block: Block, path: string, complain: Complain) => void;

const unchecked: Check = () => undefined;

const checksByType: Readonly<Record<string, Check>> = {
	actions: (block, path, complain) => checkElements(block, 25, actionElements, path, complain),
	context: checkContext,
	context_actions: (block, path, complain) => checkElements(block, 5, contextActionElements, path, complain),
	data_visualization: checkChart,
	divider: unchecked,
	file: unchecked,
	header: (block, path, complain) => checkText(block.text, 150, `${path}/text`, complain, 'plain_text'),
	image: (block, path, complain) => requireField(block, 'alt_text', path, complain),
	markdown: checkMarkdown,
	plan: unchecked,
	rich_text: (block, path, complain) => requireField(block, 'elements', path, complain),
	section: checkSection,
	table: checkTable,
	task_card: unchecked,
	video: unchecked,
};

function requireField(block: Block, name: string, path: string, complain: Complain): void {
	if (block[name] === undefined || block[name] === '') complain(`${path}/${name}`, `missing required field: ${name}`);
}

function checkMarkdown(block: Block, path: string, complain: Complain): void {
	requireField(block, 'text', path, complain);
	if (!textOf(block.text).includes('|')) return;
	const isTooLarge = translateMarkdown(textOf(block.text)).tables.some(({ rows, columns }) => rows > mostRows || columns > mostColumns);
	if (isTooLarge) complain(path, 'table is too large');
}

/** Of its charts the bars alone: each series has a value for each category. */
function checkChart({ title, chart }: Block, path: string, complain: Complain): void {
	if (textOf(title) === '' || textOf(title).length > mostTitle) complain(`${path}/title`, `must have 1 to ${mostTitle} characters`);
	const { type, series, axis_config: axis } = isJson(chart) ? chart : {};
	if (type !== 'bar') complain(`${path}/chart/type`, 'must be a type that is known here: bar');
	const categories = isJson(axis) ? listOf(axis.categories).map(textOf) : [];
	const all = listOf(series).filter(isJson);
	const names = all.map(({ name }) => textOf(name));
	if (all.length < 1 || all.length > mostSeries) complain(`${path}/chart/series`, `must have 1 to ${mostSeries} items`);
	if (new Set(names).size < names.length) complain(`${path}/chart/series`, 'must have unique names');
	for (const label of [...categories, ...names])
		if (label === '' || label.length > mostLabel) complain(`${path}/chart`, `label too long: ${label}`);
	if (!all.every(({ data }) => isSeriesOf(categories, data))) complain(`${path}/chart/series`, 'must have a value for each category');
}

function isSeriesOf(categories: readonly string[], data: unknown): boolean {
	const points = listOf(data).filter(isJson);
	return points.map(({ label }) => textOf(label)).join() === categories.join() && points.every(({ value }) => Number.isFinite(value));
}

function checkSection(block: Block, path: string, complain: Complain): void {
	if (block.text === undefined && !Array.isArray(block.fields)) complain(path, 'needs text or fields');
	if (block.text !== undefined) checkText(block.text, 3_000, `${path}/text`, complain);
	const fields = listOf(block.fields);
	if (fields.length > 10) complain(`${path}/fields`, 'no more than 10 items allowed');
	fields.forEach((field, index) => void checkText(field, 2_000, `${path}/fields/${index}`, complain));
	if (isJson(block.accessory)) checkElement(block.accessory, `${path}/accessory`, complain);
}

function checkContext(block: Block, path: string, complain: Complain): void {
	const elements = listOf(block.elements);
	if (elements.length < 1 || elements.length > 10) complain(`${path}/elements`, 'must have 1 to 10 items');
	elements.forEach((element, index) => {
		if (isJson(element) && element.type === 'image') return;
		checkText(element, 3_000, `${path}/elements/${index}`, complain);
	});
}

function checkElements(block: Block, most: number, types: ReadonlySet<string>, path: string, complain: Complain): void {
	const elements = listOf(block.elements);
	if (elements.length < 1 || elements.length > most) complain(`${path}/elements`, `must have 1 to ${most} items`);
	elements.forEach((element, index) => {
		const place = `${path}/elements/${index}`;
		if (!isJson(element) || !types.has(String(element.type))) complain(`${place}/type`, 'unsupported type');
		else checkElement(element, place, complain);
	});
	const ids = elements
		.filter(isJson)
		.map(({ action_id }) => action_id)
		.filter((id) => id !== undefined);
	if (new Set(ids).size !== ids.length) complain(`${path}/elements`, 'action_id already exists');
}

function checkElement(element: Json, path: string, complain: Complain): void {
	if (typeof element.action_id === 'string' && element.action_id.length > 255)
		complain(`${path}/action_id`, 'must be at most 255 characters');
	if (element.type === 'button' || element.type === 'icon_button') checkPressable(element, path, complain);
	if (element.type === 'static_select' || element.type === 'overflow') checkMenu(element, path, complain);
	if (element.type !== 'feedback_buttons') return;
	for (const half of ['positive_button', 'negative_button']) {
		const button = element[half];
		if (isJson(button)) checkButton(button, `${path}/${half}`, complain);
		else complain(`${path}/${half}`, `missing required field: ${half}`);
	}
}

function checkPressable(element: Json, path: string, complain: Complain): void {
	checkButton(element, path, complain);
	if (element.type === 'icon_button' && typeof element.icon !== 'string') complain(`${path}/icon`, 'missing required field: icon');
	if (element.style !== undefined && element.style !== 'primary' && element.style !== 'danger')
		complain(`${path}/style`, 'must be primary or danger');
}

function checkButton(button: Json, path: string, complain: Complain): void {
	checkText(button.text, 75, `${path}/text`, complain, 'plain_text');
	if (textOf(button.value).length > 2_000) complain(`${path}/value`, 'must be at most 2000 characters');
}

/** "Select menu element", "Overflow menu element", "Option object". */
function checkMenu({ type, placeholder, options }: Json, path: string, complain: Complain): void {
	const most = type === 'overflow' ? 5 : 100;
	const given = listOf(options);
	if (placeholder !== undefined) checkText(placeholder, 150, `${path}/placeholder`, complain, 'plain_text');
	if (given.length < 1 || given.length > most) complain(`${path}/options`, `must have 1 to ${most} items`);
	given.forEach((option, index) => {
		const { text, value } = isJson(option) ? option : {};
		checkText(text, 75, `${path}/options/${index}/text`, complain, 'plain_text');
		if (textOf(value).length < 1 || textOf(value).length > 150) complain(`${path}/options/${index}/value`, 'must have 1 to 150 characters');
	});
}

function checkTable(block: Block, path: string, complain: Complain): void {
	const rows = listOf(block.rows);
	if (rows.length < 1 || rows.length > mostRows) complain(`${path}/rows`, `must have 1 to ${mostRows} rows`);
	if (rows.some((row) => listOf(row).length < 1 || listOf(row).length > mostColumns))
		complain(`${path}/rows`, `rows must have 1 to ${mostColumns} cells`);
}

function checkText(value: unknown, most: number, path: string, complain: Complain, only?: 'plain_text'): void {
	const type = isJson(value) ? value.type : undefined;
	if (type !== 'plain_text' && (only !== undefined || type !== 'mrkdwn')) complain(path, `must be a ${only ?? 'text object'}`);
	const { length } = textOf(value);
	if (length < 1) complain(path, 'must be more than 0 characters');
	if (length > most) complain(path, `must be less than ${most + 1} characters`);
}

/** All readable text in a structure: every `text` that is a string. */
function totalText(value: unknown): number {
	if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + totalText(item), 0);
	if (!isJson(value)) return 0;
	return Object.entries(value).reduce(
		(sum, [name, inner]) => sum + (name === 'text' && typeof inner === 'string' ? inner.length : totalText(inner)),
		0,
	);
}
