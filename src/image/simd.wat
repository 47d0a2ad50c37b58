;; The two passes of lanczos.ts, four channels at a time. Same whole numbers, so the same pixels.
;; simd.ts holds these bytes: wat2wasm simd.wat -o simd.wasm && base64 -w0 simd.wasm
(module
  (memory (export "memory") 0)

  ;; RGBA bytes to rows of `target` pixels of four 16-bit numbers with six bits of fraction.
  (func (export "across")
    (param $source i32) (param $pitch i32) (param $rows i32) (param $first i32) (param $weights i32)
    (param $pairs i32) (param $target i32) (param $out i32) (param $outPitch i32)
    (local $x i32) (local $p i32) (local $at i32) (local $w i32) (local $o i32) (local $sum v128)
    (loop $row
      (local.set $x (i32.const 0))
      (local.set $w (local.get $weights))
      (local.set $o (local.get $out))
      (loop $pixel
        (local.set $sum (i32x4.splat (i32.const 128)))
        (local.set $at
          (i32.add (local.get $source)
            (i32.shl (i32.load (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2)))) (i32.const 2))))
        (local.set $p (local.get $pairs))
        (loop $tap
          (local.set $sum
            (i32x4.add (local.get $sum)
              (i32x4.dot_i16x8_s
                (i8x16.shuffle 0 16 4 16 1 16 5 16 2 16 6 16 3 16 7 16
                  (v128.load64_zero (local.get $at))
                  (v128.const i32x4 0 0 0 0))
                (v128.load32_splat (local.get $w)))))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (local.set $w (i32.add (local.get $w) (i32.const 4)))
          (br_if $tap (local.tee $p (i32.sub (local.get $p) (i32.const 1)))))
        (local.set $sum (i32x4.shr_s (local.get $sum) (i32.const 8)))
        (v128.store64_lane 0 (local.get $o) (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
        (local.set $o (i32.add (local.get $o) (i32.const 8)))
        (local.set $x (i32.add (local.get $x) (i32.const 1)))
        (br_if $pixel (i32.lt_u (local.get $x) (local.get $target))))
      (local.set $source (i32.add (local.get $source) (local.get $pitch)))
      (local.set $out (i32.add (local.get $out) (local.get $outPitch)))
      (br_if $row (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; Those rows to `target` rows of RGBA bytes, two pixels at a time.
  (func (export "down")
    (param $source i32) (param $pitch i32) (param $groups i32) (param $first i32) (param $weights i32)
    (param $pairs i32) (param $target i32) (param $out i32) (param $outPitch i32)
    (local $g i32) (local $p i32) (local $at i32) (local $w i32) (local $base i32)
    (local $low v128) (local $high v128) (local $a v128) (local $b v128) (local $pair v128)
    (loop $row
      (local.set $base
        (i32.add (local.get $source) (i32.mul (i32.load (local.get $first)) (local.get $pitch))))
      (local.set $g (i32.const 0))
      (loop $group
        (local.set $low (i32x4.splat (i32.const 524288)))
        (local.set $high (local.get $low))
        (local.set $at (i32.add (local.get $base) (i32.shl (local.get $g) (i32.const 4))))
        (local.set $w (local.get $weights))
        (local.set $p (local.get $pairs))
        (loop $tap
          (local.set $a (v128.load (local.get $at)))
          (local.set $at (i32.add (local.get $at) (local.get $pitch)))
          (local.set $b (v128.load (local.get $at)))
          (local.set $at (i32.add (local.get $at) (local.get $pitch)))
          (local.set $pair (v128.load32_splat (local.get $w)))
          (local.set $low
            (i32x4.add (local.get $low)
              (i32x4.dot_i16x8_s
                (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b))
                (local.get $pair))))
          (local.set $high
            (i32x4.add (local.get $high)
              (i32x4.dot_i16x8_s
                (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b))
                (local.get $pair))))
          (local.set $w (i32.add (local.get $w) (i32.const 4)))
          (br_if $tap (local.tee $p (i32.sub (local.get $p) (i32.const 1)))))
        (local.set $a
          (i16x8.narrow_i32x4_s
            (i32x4.shr_s (local.get $low) (i32.const 20))
            (i32x4.shr_s (local.get $high) (i32.const 20))))
        (v128.store64_lane 0
          (i32.add (local.get $out) (i32.shl (local.get $g) (i32.const 3)))
          (i8x16.narrow_i16x8_u (local.get $a) (local.get $a)))
        (br_if $group (i32.lt_u (local.tee $g (i32.add (local.get $g) (i32.const 1))) (local.get $groups))))
      (local.set $weights (i32.add (local.get $weights) (i32.shl (local.get $pairs) (i32.const 2))))
      (local.set $first (i32.add (local.get $first) (i32.const 4)))
      (local.set $out (i32.add (local.get $out) (local.get $outPitch)))
      (br_if $row (local.tee $target (i32.sub (local.get $target) (i32.const 1)))))))
