import { deadLetterOf } from '../../../src/dead-letters/dead-letter';
import { deadLetter, deadLetterRecord } from './dead-letter-builders';

it('tells of a dead letter record what was written down when it failed', () => {
  expect(deadLetterOf(deadLetterRecord())).toEqual(deadLetter());
});

it('tells of a dead letter record that somebody else wrote what there is', () => {
  expect(deadLetterOf({ ...deadLetterRecord(), headers: {}, key: null })).toEqual(
    deadLetter({ first: undefined, key: null, errorClass: undefined, message: '', attempts: undefined }),
  );
});
