/** What Markdown or its readers take otherwise than models mean it: tags for line breaks, and names of code between underscores. Pure. */

import { type Replacement, type TextPlace, withoutMarks } from './text-place.ts';

const BREAK_TAG = /^<br[ \t]*\/?>/i;
const OPEN_BREAK_TAG = /^<(?:b(?:r[ \t]*\/?)?)?$/i;
/** Where a line cannot end: rows of tables, titles. */
const ONE_LINE = /^[ \t>]*(?:\||#{1,6}[ \t])/;

const DUNDER = /^__([A-Za-z][A-Za-z0-9_]{0,40}?)__(?![A-Za-z0-9_])/;
const OPEN_DUNDER = /^__?(?:[A-Za-z][A-Za-z0-9_]{0,40})?$/;

/** What browsers and chat platforms take as an address at most. */
const addressCharacters = 2_048;

/** Of Python's data model and modules, of JavaScript, of PHP and of C; in capitals too. */
const codeNames: ReadonlySet<string> = new Set(
	[
		'abs add aenter aexit aiter all and anext annotations author await bases bool builtins bytes cached call ceil class class_getitem complex',
		'contains copy date debug deepcopy defaults del delattr delete delitem dict dir divmod doc enter eq exit file float floor floordiv format',
		'fspath func function future ge get getattr getattribute getitem getnewargs getstate globals gt hash iadd iand import imul index init',
		'init_subclass instancecheck int invert ior ipow isub iter ixor kwdefaults le len line loader lshift lt main match_args matmul metaclass',
		'missing mod module mro mul name ne neg new next or package path pos post_init pow prepare qualname radd reduce reduce_ex repr reversed',
		'rmul round rshift rsub self set set_name setattr setitem setstate signature sizeof slots spec str sub subclasscheck subclasshook time',
		'truediv trunc version weakref wrapped xor',
		'dirname esmodule filename proto',
		'autoload callstatic clone construct destruct invoke isset namespace serialize sleep tostring unserialize unset wakeup',
		'counter cplusplus pretty_function stdc_version',
	].flatMap((line) => line.split(' ')),
);

/** `<br>` where a line is to end. Between blanks, or before a full stop, somebody speaks of the tag. */
export function readBreakTag({ rest, line, isEnd }: TextPlace): Replacement | 'wait' | null {
	const tag = BREAK_TAG.exec(rest)?.[0];
	if (tag === undefined) return !isEnd && OPEN_BREAK_TAG.test(rest) ? 'wait' : null;
	if (ONE_LINE.test(line)) return { length: tag.length, text: ' ' };
	if (rest.length === tag.length && !isEnd) return 'wait';
	const following = rest.charAt(tag.length);
	if (!/[^\s("'`]/.test(line.slice(-1)) || /[.,;:!?)"'`]/.test(following)) return null;
	return { length: tag.length, text: following === '\n' || following === '' ? '' : `\n${withoutMarks(line)}` };
}

/** `__init__` and its like keep their underscores, which would make them bold; those in addresses have them anyhow. */
export function readDunder({ rest, line, isEnd }: TextPlace): Replacement | 'wait' | null {
	const [whole, name = ''] = DUNDER.exec(rest) ?? [];
	const isOpen = whole === undefined ? OPEN_DUNDER.test(rest) : rest.length < whole.length + 2;
	if (isOpen && !isEnd) return 'wait';
	if (whole === undefined || /(?:[A-Za-z0-9_\\]|[/<]\S*|\]\(\S*)$/.test(line.slice(-addressCharacters))) return null;
	const isOfCode = codeNames.has(name.toLowerCase()) || line.endsWith('.') || /^(?:\(|\.[a-z])/.test(rest.slice(whole.length));
	return isOfCode ? { length: whole.length, text: `\\_\\_${name.replaceAll('_', '\\_')}\\_\\_` } : null;
}
