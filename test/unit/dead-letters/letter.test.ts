import { letterOf } from '../../../src/dead-letters/letter';
import { letter, letterRecord } from './letters';

it('tells of a letter what was written down when it failed', () => {
  expect(letterOf(letterRecord())).toEqual(letter());
});

it('tells of a letter that somebody else wrote what there is', () => {
  expect(letterOf({ ...letterRecord(), headers: {}, key: null })).toEqual(
    letter({ first: undefined, key: null, errorClass: undefined, message: '', attempts: undefined }),
  );
});
