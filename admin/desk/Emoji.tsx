// Forty-eight emoji that fit a business's chat; each has the name its sign carries, read aloud by screen readers.
interface Props {
  onPick: (emoji: string) => void;
}

const SIGNS =
  '👋 🙂 😀 😄 😊 😉 😍 🤩 😅 😂 🤔 😮 😕 😔 😢 🙏 👍 👎 👌 👏 🙌 💪 🤝 ✌️ ❤️ 💙 💚 💛 🔥 ✨ 🎉 🎁 ✅ ❌ ❗ ❓ ⭐ 💡 📌 📎 📦 🚚 🏠 🕐 📅 📞 ✉️ ☕'.split(
    ' ',
  );

export default function Emoji({ onPick }: Props) {
  return (
    <div class="emoji">
      {SIGNS.map((sign) => (
        <button type="button" key={sign} onClick={() => onPick(sign)}>
          {sign}
        </button>
      ))}
    </div>
  );
}
