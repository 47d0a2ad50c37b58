import { render, screen } from '@testing-library/react';
import { useEffect, version } from 'react';
import { version as domVersion } from 'react-dom';
import { useDropzone } from 'react-dropzone';
import { expect, it } from 'vitest';

const expected: string = import.meta.env['REACT_EXPECTED'] ?? '';

it(`these tests run on React ${expected}x`, () => {
  expect(expected).not.toBe('');
  expect(version.startsWith(expected)).toBe(true);
  expect(domVersion).toBe(version);
});

it('dependencies that import React get the same one: their hooks work in our tree', () => {
  function Zone() {
    const { getRootProps, getInputProps } = useDropzone();
    return (
      <div {...getRootProps()} data-testid="zone">
        <input {...getInputProps()} />
      </div>
    );
  }
  render(<Zone />);
  expect(screen.getByTestId('zone')).toBeInTheDocument();
});

it('StrictMode is on: every effect runs twice', () => {
  let runs = 0;
  function Counted() {
    useEffect(() => {
      runs += 1;
    }, []);
    return null;
  }
  render(<Counted />);
  expect(runs).toBe(2);
});
