import { deadLetterOf } from '../../../src/dead-letters/dead-letter';
import { deadLetter, deadLetterRecord } from './dead-letter-builders';

it('a dead letter record has the recorded failure', () => {
  expect(deadLetterOf(deadLetterRecord())).toEqual(deadLetter());
});

it('a foreign dead letter record has the available fields', () => {
  expect(deadLetterOf({ ...deadLetterRecord(), headers: {}, key: null })).toEqual(
    deadLetter({ first: undefined, key: null, errorClass: undefined, message: '', attempts: undefined }),
  );
});
