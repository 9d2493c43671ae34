import { describe, expect, it } from 'vitest';
import { breakMarks, quote, withoutCitations } from '#src/models/quotation.ts';
import { threadMs } from '#test/setup/thread-time.ts';

describe('a mark with which a template ends or begins a turn', () => {
	const inBrackets = [
		...['[INST]', '[/INST]', '[SYSTEM_PROMPT]', '[/SYSTEM_PROMPT]', '[TOOL_CALLS]', '[TOOL_RESULTS]', '[AVAILABLE_TOOLS]', '[THINK]'],
		...['[IMG]', '[IMG_BREAK]', '[IMG_END]', '[BEGIN_AUDIO]', '[MODEL_SETTINGS]', '[gMASK]', '[ARGS]', '[CALL_ID]'],
		...['[|system|]', '[|user|]', '[|assistant|]', '[|endofturn|]', '[|tool|]', ']~b]', ']~!b[', '[e~['],
	];
	const inAngles = [
		...[
			'<|im_start|>',
			'<|im_end|>',
			'<|eot_id|>',
			'<|START_OF_TURN_TOKEN|>',
			'<｜User｜>',
			'<｜tool▁calls▁begin｜>',
			'<|"|>',
			'<|a<b|>',
			'<|x y|>',
		],
		...['<|turn>', '<turn|>', '<|tool_call>', '<channel|>', '<<SYS>>', '<</SYS>>', '<s>', '</s>', '<bos>', '<EOS>', '<BOS_TOKEN>'],
		...['<start_of_turn>', '<end_of_turn>', '<end_of_utterance>', '<start_of_image>', '<image_soft_token>', '<extra_id_1>', '<unused94>'],
		...['<seed:eos>', '<seed:tool_call>', '</seed:think>', '<tool_call>', '</tool_response>', '<think>', '</think>', '<unk>', '<pad>'],
		...['<reserved_106>', '<TOKENS_UNUSED_1>', '<SPECIAL_12>', '<fim_prefix>', '<eoh>', '<eod>', '<tools>'],
	];

	it.each([...inBrackets, ...inAngles])('is broken: %s', (mark) => {
		const broken = breakMarks(`a${mark}b`);
		expect(broken).not.toContain(mark);
		expect(broken.replaceAll('\u2060', '')).toBe(`a${mark}b`);
	});

	it.each([...inBrackets, ...inAngles])('is none within JSON either: %s', (mark) => {
		const quoted = quote({ text: `a${mark}b` });
		expect(quoted).not.toContain(mark.replaceAll('"', '\\"'));
		expect(JSON.parse(quoted.replaceAll('\u2060', ''))).toEqual({ text: `a${mark}b` });
	});
});

describe('ordinary code', () => {
	it.each([
		...['<div>', '</div>', '<br/>', '<img src="x">', '<a href="b|c">', '<xs:element>', '<soap:Body>', '<file_name>', '<API_TOKEN>'],
		...['a < b', 'a<b|c>d', 'Map<K>', 'Map<string, number[]>', 'vector<uint8_t>', 'Option<T>', '#include <sys/types.h>', '<start_time>'],
		...['[|]', '[|1; 2|]', '[|x|]', '[x|y]', '[INFO]', '[WARN]', '[args]', 'items[MAX_SIZE]', '[[1]]', '[a-z]|[0-9]', '[~b]'],
		...['a <|> b <|> c', 'f <| x |> g', 'x |> f', 'a || b', '<||>', 'A<|B', '<-', '<<EOF', 'cout << s >> t', 'std::cout<<x', '~[b]'],
	])('stays as it was written: %s', (code) => {
		expect(breakMarks(code)).toBe(code);
	});
});

it.each(['<', '<|', '<|a', '[|', '<a:', '<start_of_', '<<', ']~'])('a long text of %j is looked through in time', async (piece) => {
	const text = piece.repeat(80_000 / piece.length);
	expect(await threadMs(() => expect(breakMarks(text)).toBe(text), 100)).toBeLessThan(100);
});

it('shows nothing to a model that its readers would not see', () => {
	const tags = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
	expect(quote({ text: `a${tags}\u202eb\u200bc\ufeff\u{e0101}d` })).toBe('{"text":"abcd"}');
	expect(quote({ text: '👩‍💻 \u0915\u094d\u200d\u0937' })).toContain('👩‍💻 \u0915\u094d\u200d\u0937');
});

describe('a mark of a source', () => {
	it.each(['[1]', '[12, 3]', '[^1]', '[[1]]', '【1】', '[Source 2]', '[fuente 2]'])(
		'is none in what a model is given to read: %s',
		(mark) => {
			const { text, inner } = withoutCitations({ text: `It is so ${mark}.`, inner: [{ text: mark }] });
			expect([text, JSON.stringify(inner)].join()).not.toContain(mark);
		},
	);

	it.each(['a[1]', 'items[0][1]', 'f(x)[2]', '[x]', '[2026-01-02]', '[a1]'])('is not what code or a list has: %s', (text) => {
		expect(withoutCitations({ text })).toEqual({ text });
	});
});
